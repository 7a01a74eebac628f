package io.jenkins.plugins.cachepurge.simulator;

import static io.jenkins.plugins.cachepurge.simulator.AwsErrorResponses.escaped;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * AWS STS: AssumeRole and GetCallerIdentity, which must be signed, and AssumeRoleWithWebIdentity, which must not. Verifies
 * signatures and id tokens. A parameter that the action does not have is refused.
 */
public final class StsSimulator implements SimService {

    static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private static final String VERSION = "2011-06-15";
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    private final InstantSource clock;
    private final SimAwsAccount account;
    private final SigV4Verifier signatures;

    /** The regional service of us-east-1. */
    public StsSimulator(InstantSource clock, SimAwsAccount account) {
        this(clock, account, "us-east-1");
    }

    /** The service of a region. */
    public StsSimulator(InstantSource clock, SimAwsAccount account, String region) {
        this.clock = clock;
        this.account = account;
        this.signatures = new SigV4Verifier(clock, account, NAMESPACE, region, "sts");
    }

    @Override
    public String name() {
        return "AWS STS";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        try {
            if (!request.method().equals("POST") || !request.path().equals("/")) {
                throw refusal(404, "UnknownOperationException", "not found");
            }
            Map<String, String> form = form(request);
            if (!VERSION.equals(form.remove("Version"))) {
                throw refusal(400, "InvalidAction", "Could not find operation for this version");
            }
            String action = form.getOrDefault("Action", "");
            form.remove("Action");
            return switch (action) {
                case "AssumeRole" -> assumeRole(request, form);
                case "AssumeRoleWithWebIdentity" -> assumeRoleWithWebIdentity(request, form);
                case "GetCallerIdentity" -> callerIdentity(request, form);
                default -> throw refusal(400, "InvalidAction", "Could not find operation " + action);
            };
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private static ErrorResponseException refusal(int status, String code, String message) {
        return AwsErrorResponses.refusal(NAMESPACE, status, code, message);
    }

    private static Map<String, String> form(SimRequest request) {
        String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!type.equals("application/x-www-form-urlencoded")) {
            throw refusal(415, "UnsupportedMediaType", "a form is expected");
        }
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : request.bodyText().split("&")) {
            String[] sides = field.split("=", 2);
            String value = sides.length == 1 ? "" : sides[1];
            if (form.put(decode(sides[0]), decode(value)) != null) {
                throw refusal(400, "MalformedQueryString", "repeated: " + sides[0]);
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private SimResponse assumeRole(SimRequest request, Map<String, String> form) {
        SimAwsAccount.Principal caller = signatures.verify(request);
        only(form, Set.of("RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds"));
        String role = required(form, "RoleArn", ROLE_ARN);
        String session = required(form, "RoleSessionName", SESSION_NAME);
        Optional<String> externalId =
                Optional.ofNullable(form.get("ExternalId")).map(id -> required(form, "ExternalId", EXTERNAL_ID));
        if (!account.mayDo("sts:AssumeRole") || !account.trusts(role, externalId)) {
            throw refusal(
                    403,
                    "AccessDenied",
                    "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(caller.arn(), role));
        }
        return granted("AssumeRole", account.grant(role, session, duration(form)), "");
    }

    private SimResponse assumeRoleWithWebIdentity(SimRequest request, Map<String, String> form) {
        if (request.header("Authorization").isPresent()) {
            throw refusal(400, "InvalidAction", "this simulator expects no signature here");
        }
        only(form, Set.of("RoleArn", "RoleSessionName", "WebIdentityToken", "DurationSeconds"));
        String role = required(form, "RoleArn", ROLE_ARN);
        String session = required(form, "RoleSessionName", SESSION_NAME);
        String token = required(form, "WebIdentityToken", Pattern.compile(".{4,20000}"));
        SimIdTokenIssuer issuer = account.issuer(role).orElseThrow(StsSimulator::notAuthorized);
        SimIdTokenIssuer.Claims claims = issuer.verify(token)
                .orElseThrow(
                        () -> refusal(
                                400,
                                "InvalidIdentityToken",
                                "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements"));
        if (!clock.instant().isBefore(claims.expiresAt())) {
            throw refusal(
                    400,
                    "ExpiredTokenException",
                    "Token expired: current date/time %d must be before the expiration date/time %d"
                            .formatted(
                                    clock.instant().getEpochSecond(),
                                    claims.expiresAt().getEpochSecond()));
        }
        if (!claims.audience().equals(issuer.audience())) {
            throw refusal(400, "InvalidIdentityToken", "Incorrect token audience");
        }
        if (!account.mayDo("sts:AssumeRoleWithWebIdentity") || !account.trusts(role, claims.subject())) {
            throw notAuthorized();
        }
        String details =
                "<SubjectFromWebIdentityToken>%s</SubjectFromWebIdentityToken><Provider>%s</Provider><Audience>%s</Audience>"
                        .formatted(escaped(claims.subject()), escaped(issuer.issuer()), escaped(claims.audience()));
        return granted("AssumeRoleWithWebIdentity", account.grant(role, session, duration(form)), details);
    }

    private static ErrorResponseException notAuthorized() {
        return refusal(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }

    private SimResponse callerIdentity(SimRequest request, Map<String, String> form) {
        SimAwsAccount.Principal caller = signatures.verify(request);
        only(form, Set.of());
        return answer(
                "GetCallerIdentity",
                "<Arn>%s</Arn><UserId>%s</UserId><Account>%s</Account>"
                        .formatted(escaped(caller.arn()), caller.accessKeyId(), SimAwsAccount.ACCOUNT_ID));
    }

    private static void only(Map<String, String> form, Set<String> known) {
        form.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw refusal(400, "ValidationError", "unknown parameter " + name);
        });
    }

    private static String required(Map<String, String> form, String name, Pattern pattern) {
        String value = form.getOrDefault(name, "");
        if (!pattern.matcher(value).matches()) {
            throw refusal(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must satisfy regular expression pattern: %s"
                            .formatted(name, pattern));
        }
        return value;
    }

    private static Optional<Duration> duration(Map<String, String> form) {
        return Optional.ofNullable(form.get("DurationSeconds")).map(text -> {
            int seconds = Integer.parseInt(required(form, "DurationSeconds", Pattern.compile("\\d{3,5}")));
            if (seconds < 900 || seconds > 43_200) {
                throw refusal(400, "ValidationError", "DurationSeconds must be 900 to 43200");
            }
            return Duration.ofSeconds(seconds);
        });
    }

    private SimResponse granted(String action, SimAwsAccount.Principal granted, String details) {
        String credentials =
                "<Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>"
                        .formatted(
                                granted.accessKeyId(),
                                granted.secretAccessKey(),
                                granted.sessionToken().orElseThrow(),
                                granted.expiresAt().orElseThrow().truncatedTo(ChronoUnit.SECONDS));
        String user = "<AssumedRoleUser><AssumedRoleId>AROADEMO:session</AssumedRoleId><Arn>%s</Arn></AssumedRoleUser>"
                .formatted(escaped(granted.arn()));
        return answer(action, credentials + user + details);
    }

    private static SimResponse answer(String action, String result) {
        return AwsErrorResponses.xml(
                200,
                "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>"
                        .formatted(action, NAMESPACE, result, UUID.randomUUID()));
    }
}
