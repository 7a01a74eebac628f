package io.jenkins.plugins.cachepurge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks EdgeGrid signatures by computing them again: 30 seconds to either side, and no nonce twice. Not thread safe.
 *
 * <p>The scheme is part of what is signed, and a server behind a proxy does not see it: both are tried.
 */
final class EdgeGridVerifier {

    private static final Pattern HEADER = Pattern.compile(
            "(EG1-HMAC-SHA256 client_token=([^;]+);access_token=([^;]+);timestamp=([^;]+);nonce=([^;]+);)"
                    + "signature=([A-Za-z0-9+/]{43}=)");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'+0000'");
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private final String clientToken;
    private final String clientSecret;
    private final String accessToken;
    private final Set<String> nonces = new HashSet<>();
    private boolean active = true;

    EdgeGridVerifier(String clientToken, String clientSecret, String accessToken) {
        this.clientToken = clientToken;
        this.clientSecret = clientSecret;
        this.accessToken = accessToken;
    }

    void deactivate() {
        active = false;
    }

    /** Why the request is refused; empty if its signature is right. */
    Optional<SimResponse> refusal(SimRequest request, Instant now) {
        Matcher header = HEADER.matcher(request.header("Authorization").orElse(""));
        if (!header.matches()) {
            return refuse(400, "request-error", "Bad request", "Invalid authorization header");
        }
        if (!header.group(2).equals(clientToken)) {
            return refuse(400, "request-error", "Bad request", "Invalid client token");
        }
        if (!header.group(3).equals(accessToken)) {
            return refuse(400, "request-error", "Bad request", "Invalid access token");
        }
        if (!isFresh(header.group(4), now)) {
            return refuse(400, "request-error", "Bad request", "Invalid timestamp");
        }
        if (!active) {
            return refuse(401, "deny", "Not authorized", "Inactive client token");
        }
        if (!isSigned(request, header)) {
            return refuse(401, "deny", "Not authorized", "The signature does not match");
        }
        return nonces.add(header.group(5))
                ? Optional.empty()
                : refuse(400, "request-error", "Bad request", "Invalid nonce");
    }

    private static boolean isFresh(String timestamp, Instant now) {
        try {
            Instant signed = LocalDateTime.parse(timestamp, TIMESTAMP).toInstant(ZoneOffset.UTC);
            return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private boolean isSigned(SimRequest request, Matcher header) {
        String key = hmac(clientSecret, header.group(4));
        String host = request.header("Host").orElse("");
        return List.of("https", "http").stream()
                .map(scheme -> String.join(
                        "\t",
                        request.method(),
                        scheme,
                        host,
                        request.target(),
                        "",
                        contentHash(request),
                        header.group(1)))
                .map(text -> hmac(key, text))
                .anyMatch(header.group(6)::equals);
    }

    private static String contentHash(SimRequest request) {
        if (!request.method().equals("POST") || request.body().length == 0) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(request.body());
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<SimResponse> refuse(int status, String type, String title, String detail) {
        return Optional.of(SimResponse.json(
                        status,
                        SimJson.object()
                                .put("type", "https://problems.luna.akamaiapis.net/-/pep-authn/" + type)
                                .put("title", title)
                                .put("status", status)
                                .put("detail", detail))
                .withHeader("Content-Type", "application/problem+json"));
    }
}
