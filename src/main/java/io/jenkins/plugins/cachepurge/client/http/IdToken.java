package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/**
 * OIDC id token that proves to a cloud which job is running. Its signature is for the cloud to verify.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 */
public final class IdToken {

    /** Claims that differ in each token for the same job. */
    private static final List<String> PER_TOKEN = List.of("iat", "nbf", "exp", "jti");

    private final String token;
    private final ObjectNode claims;

    private IdToken(String token, ObjectNode claims) {
        this.token = token;
        this.claims = claims;
    }

    /** @throws IllegalArgumentException if it is no such token; does not quote it */
    public static IdToken of(String secret) {
        String token = secret.trim();
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[2].isEmpty()) {
            throw notAnIdToken();
        }
        try {
            String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            if (Json.parse(payload) instanceof ObjectNode claims && claims.has("iss")) {
                return new IdToken(token, claims);
            }
        } catch (UnreadableResponseException | IllegalArgumentException e) {
            throw notAnIdToken();
        }
        throw notAnIdToken();
    }

    private static IllegalArgumentException notAnIdToken() {
        return new IllegalArgumentException("the secret is not an OIDC id token (a JWT with the claim iss)");
    }

    /** The token itself, a secret. */
    public String secret() {
        return token;
    }

    /** Equal for the tokens of the same issuer, subject and further claims: part of a {@link TokenKey}. */
    public String identity() {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        claims.properties().forEach(claim -> sorted.put(claim.getKey(), claim.getValue()));
        PER_TOKEN.forEach(sorted::remove);
        return sorted.toString();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "IdToken";
    }
}
