package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Issuer of OIDC id tokens, as a Jenkins with the plugin oidc-provider is one, and what a cloud knows of it. */
public final class SimIdTokenIssuer {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /**
     * A token that was verified.
     *
     * @param audience the first, if there are several
     */
    public record Claims(String subject, String audience, Instant expiresAt) {}

    private final String issuer;
    private final String audience;
    private final InstantSource clock;
    private final KeyPair keys;

    /**
     * An issuer with a key of its own.
     *
     * @param issuer its URL
     * @param audience for whom its tokens are
     */
    public SimIdTokenIssuer(String issuer, String audience, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
        this.keys = SimRsaKeys.of(issuer);
    }

    public String issuer() {
        return issuer;
    }

    public String audience() {
        return audience;
    }

    /** A new token, valid for an hour; the audience is an array, as that of oidc-provider is. */
    public String token(String subject) {
        return token(subject, Duration.ofHours(1));
    }

    /** A new token. */
    public String token(String subject, Duration lifetime) {
        Instant now = clock.instant();
        String header = SimJson.text(Map.of("alg", "RS256", "typ", "JWT", "kid", "key-1"));
        String claims = SimJson.text(Map.of(
                "iss",
                issuer,
                "aud",
                new String[] {audience},
                "sub",
                subject,
                "iat",
                now.getEpochSecond(),
                "exp",
                now.plus(lifetime).getEpochSecond(),
                "jti",
                UUID.randomUUID().toString()));
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoded(signature(signed));
    }

    private static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    private byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a token says; empty if it is not one of this issuer. Does not look at its end. */
    public Optional<Claims> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return Optional.empty();
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return SimJson.parse(Base64.getUrlDecoder().decode(parts[1]))
                .filter(claims -> claims.path("iss").asText().equals(issuer))
                .map(SimIdTokenIssuer::claims);
    }

    private static Claims claims(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        return new Claims(
                claims.path("sub").asText(),
                (audience.isArray() ? audience.path(0) : audience).asText(),
                Instant.ofEpochSecond(claims.path("exp").asLong()));
    }
}
