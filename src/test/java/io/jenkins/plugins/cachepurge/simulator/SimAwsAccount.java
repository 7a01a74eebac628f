package io.jenkins.plugins.cachepurge.simulator;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What CloudFront and STS know together: users, roles, identity providers, temporary keys and permissions. Thread safe. */
public final class SimAwsAccount {

    public static final String ACCOUNT_ID = "123456789012";
    public static final String DEMO_ACCESS_KEY_ID = "AKIADEMO0EXAMPLE0001";
    public static final String DEMO_SECRET_KEY = "demo/secret+access/key/EXAMPLEEXAMPLEKEY";
    public static final String DEMO_ROLE = "arn:aws:iam::" + ACCOUNT_ID + ":role/cache-purge";
    public static final String DEMO_EXTERNAL_ID = "demo-external-id";

    /** Keys, and whose they are. */
    record Principal(
            String accessKeyId,
            String secretAccessKey,
            Optional<String> sessionToken,
            Optional<Instant> expiresAt,
            String arn) {}

    /** Who may assume a role. */
    private record Trust(Optional<String> externalId, Optional<SimIdTokenIssuer> issuer, Pattern subject) {}

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Principal> principals = new HashMap<>();
    private final Map<String, Trust> roles = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private Duration sessionTime = Duration.ofHours(1);
    private int sessions;

    /** An account without users and roles. */
    public SimAwsAccount(InstantSource clock) {
        this.clock = clock;
    }

    /** An account with one user, who may assume one role with an external id. */
    public static SimAwsAccount demo(InstantSource clock) {
        return new SimAwsAccount(clock)
                .addUser(DEMO_ACCESS_KEY_ID, DEMO_SECRET_KEY, "jenkins")
                .addRole(DEMO_ROLE, DEMO_EXTERNAL_ID);
    }

    /** Adds a user with an access key. */
    public synchronized SimAwsAccount addUser(String accessKeyId, String secretAccessKey, String name) {
        String arn = "arn:aws:iam::%s:user/%s".formatted(ACCOUNT_ID, name);
        principals.put(
                accessKeyId, new Principal(accessKeyId, secretAccessKey, Optional.empty(), Optional.empty(), arn));
        return this;
    }

    /** Removes an access key. */
    public synchronized SimAwsAccount deleteKey(String accessKeyId) {
        principals.remove(accessKeyId);
        return this;
    }

    /** Adds a role that users of the account may assume. */
    public synchronized SimAwsAccount addRole(String arn, String externalId) {
        roles.put(arn, new Trust(Optional.ofNullable(externalId), Optional.empty(), Pattern.compile("")));
        return this;
    }

    /** Adds a role for whoever has an id token with such a subject. */
    public synchronized SimAwsAccount addRole(String arn, SimIdTokenIssuer issuer, String subject) {
        roles.put(arn, new Trust(Optional.empty(), Optional.of(issuer), Pattern.compile(subject)));
        return this;
    }

    /** From now on nobody may do this, such as {@code cloudfront:GetInvalidation}. */
    public synchronized SimAwsAccount deny(String action) {
        denied.add(action);
        return this;
    }

    /** How long temporary keys that are granted from now on are valid. */
    public synchronized SimAwsAccount sessionsTake(Duration time) {
        sessionTime = time;
        return this;
    }

    /** Adds temporary keys of a role that somebody else has assumed. */
    public synchronized SimAwsAccount addSession(String accessKeyId, String secretAccessKey, String sessionToken) {
        principals.put(
                accessKeyId,
                new Principal(
                        accessKeyId,
                        secretAccessKey,
                        Optional.of(sessionToken),
                        Optional.of(clock.instant().plus(sessionTime)),
                        "arn:aws:sts::%s:assumed-role/cache-purge/other".formatted(ACCOUNT_ID)));
        return this;
    }

    /** From now on no temporary keys are valid. */
    public synchronized SimAwsAccount revokeSessions() {
        principals.values().removeIf(principal -> principal.sessionToken().isPresent());
        return this;
    }

    /** How many temporary keys were granted. */
    public synchronized int sessions() {
        return sessions;
    }

    /** All secrets of all keys. */
    public synchronized List<String> secrets() {
        return principals.values().stream()
                .flatMap(principal -> principal.sessionToken().isPresent()
                        ? List.of(
                                principal.secretAccessKey(),
                                principal.sessionToken().get())
                                .stream()
                        : List.of(principal.secretAccessKey()).stream())
                .toList();
    }

    synchronized Optional<Principal> principal(String accessKeyId) {
        return Optional.ofNullable(principals.get(accessKeyId));
    }

    synchronized boolean mayDo(String action) {
        return !denied.contains(action);
    }

    /** Whether a user may assume a role. */
    synchronized boolean trusts(String role, Optional<String> externalId) {
        Trust trust = roles.get(role);
        return trust != null && trust.issuer().isEmpty() && trust.externalId().equals(externalId);
    }

    /** The issuer whose tokens get keys of a role. */
    synchronized Optional<SimIdTokenIssuer> issuer(String role) {
        return Optional.ofNullable(roles.get(role)).flatMap(Trust::issuer);
    }

    synchronized boolean trusts(String role, String subject) {
        return roles.get(role).subject().matcher(subject).matches();
    }

    /** Grants temporary keys of a role. */
    synchronized Principal grant(String role, String sessionName, Optional<Duration> time) {
        sessions++;
        String arn = "arn:aws:sts::%s:assumed-role/%s/%s"
                .formatted(ACCOUNT_ID, role.substring(role.lastIndexOf('/') + 1), sessionName);
        Principal principal = new Principal(
                "ASIA%016d".formatted(sessions),
                random(30),
                Optional.of(random(180)),
                Optional.of(clock.instant().plus(time.orElse(sessionTime))),
                arn);
        principals.put(principal.accessKeyId(), principal);
        return principal;
    }

    /** Has slashes and plus signs, as the real ones. */
    private String random(int bytes) {
        byte[] all = new byte[bytes];
        random.nextBytes(all);
        return Base64.getEncoder().encodeToString(all);
    }
}
