package io.jenkins.plugins.cachepurge.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recomputes the signatures of requests, as AWS does: refuses a wrong one, one that is older than five minutes or from the
 * future, and one that does not cover what it must.
 */
final class SigV4Verifier {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=(\\w+)/(\\d{8})/([\\w-]+)/([\\w-]+)/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

    private final InstantSource clock;
    private final SimAwsAccount account;
    private final String namespace;
    private final String region;
    private final String service;

    SigV4Verifier(InstantSource clock, SimAwsAccount account, String namespace, String region, String service) {
        this.clock = clock;
        this.account = account;
        this.namespace = namespace;
        this.region = region;
        this.service = service;
    }

    /** Whose request it is. */
    SimAwsAccount.Principal verify(SimRequest request) {
        String header = request.header("Authorization")
                .orElseThrow(() -> refusal("MissingAuthenticationToken", "Missing Authentication Token"));
        Matcher parts = AUTHORIZATION.matcher(header);
        if (!parts.matches()) {
            throw refusal("IncompleteSignature", "Authorization header requires Credential, SignedHeaders, Signature.");
        }
        String time = request.header("X-Amz-Date").orElse("");
        checkTime(time, parts.group(2));
        if (!parts.group(3).equals(region) || !parts.group(4).equals(service)) {
            throw refusal(
                    "SignatureDoesNotMatch",
                    "Credential should be scoped to a valid region and correct service: '%s', '%s'."
                            .formatted(region, service));
        }
        SimAwsAccount.Principal principal = principal(parts.group(1), request.header("X-Amz-Security-Token"));
        List<String> signed = List.of(parts.group(5).split(";"));
        checkSigned(request, signed);
        String scope = parts.group(2) + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical(request, signed));
        if (!signature(principal.secretAccessKey(), parts.group(2), toSign).equals(parts.group(6))) {
            throw refusal(
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
        }
        return principal;
    }

    private ErrorResponseException refusal(String code, String message) {
        return AwsErrorResponses.refusal(namespace, 403, code, message);
    }

    private void checkTime(String text, String date) {
        Instant signedAt;
        try {
            signedAt = TIME.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            throw refusal("IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got '" + text + "'.");
        }
        Instant now = clock.instant();
        if (signedAt.plus(MAX_AGE).isBefore(now)) {
            throw refusal(
                    "SignatureDoesNotMatch",
                    "Signature expired: %s is now earlier than %s (%s - 5 min.)"
                            .formatted(text, TIME.format(now.minus(MAX_AGE)), TIME.format(now)));
        }
        if (signedAt.minus(MAX_AGE).isAfter(now)) {
            throw refusal(
                    "SignatureDoesNotMatch",
                    "Signature not yet current: %s is still later than %s (%s + 5 min.)"
                            .formatted(text, TIME.format(now.plus(MAX_AGE)), TIME.format(now)));
        }
        if (!text.startsWith(date)) {
            throw refusal("SignatureDoesNotMatch", "Date in Credential scope does not match YYYYMMDD from ISO-8601.");
        }
    }

    private SimAwsAccount.Principal principal(String accessKeyId, Optional<String> token) {
        SimAwsAccount.Principal principal = account.principal(accessKeyId)
                .filter(found -> found.sessionToken().equals(token))
                .orElseThrow(() ->
                        refusal("InvalidClientTokenId", "The security token included in the request is invalid."));
        if (principal.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw refusal("ExpiredToken", "The security token included in the request is expired");
        }
        return principal;
    }

    private void checkSigned(SimRequest request, List<String> signed) {
        TreeSet<String> needed = new TreeSet<>(request.headers().keySet());
        needed.removeIf(name -> !name.equals("host") && !name.equals("content-type") && !name.startsWith("x-amz-"));
        needed.add("host");
        boolean sorted = new ArrayList<>(new TreeSet<>(signed)).equals(signed);
        if (!sorted || !signed.containsAll(needed)) {
            throw refusal("SignatureDoesNotMatch", "SignedHeaders must be sorted and include " + needed);
        }
    }

    private static String canonical(SimRequest request, List<String> signed) {
        String[] target = request.target().split("\\?", 2);
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append('\n');
        text.append(encode(target[0]).replace("%2F", "/")).append('\n');
        text.append(target.length == 1 ? "" : query(target[1])).append('\n');
        for (String name : signed) {
            String values = request.headers().getOrDefault(name, List.of()).stream()
                    .map(value -> value.strip().replaceAll(" +", " "))
                    .collect(Collectors.joining(","));
            text.append(name).append(':').append(values).append('\n');
        }
        text.append('\n').append(String.join(";", signed)).append('\n');
        return text.append(sha256(request.body())).toString();
    }

    private static String query(String raw) {
        return raw.isEmpty()
                ? ""
                : List.of(raw.split("&")).stream()
                        .map(pair -> pair.split("=", 2))
                        .map(pair -> encode(decode(pair[0])) + "=" + (pair.length == 1 ? "" : encode(decode(pair[1]))))
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    private String signature(String secret, String date, String toSign) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
