package io.jenkins.plugins.cachepurge.client.google;

import io.jenkins.plugins.cachepurge.client.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Statement of a service account, signed by its key (RS256), that Google exchanges for an access token.
 *
 * @param scope what the access token is for
 * @param issuedAt by the clock of Jenkins; Google refuses a time that is far from its own
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">Google: OAuth 2.0 for
 *     service accounts</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 */
record SignedJwt(ServiceAccountKey account, String scope, Instant issuedAt) {

    /** Google's name of its token endpoint, even if the key names another URL. */
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";

    private static final Duration LIFETIME = Duration.ofHours(1);

    private record Header(String alg, String typ, String kid) {}

    private record Claims(String iss, String scope, String aud, long iat, long exp) {}

    /** Header, claims and signature, joined by dots. */
    String text() {
        Header header = new Header("RS256", "JWT", account.keyId());
        Claims claims = new Claims(
                account.email(),
                scope,
                AUDIENCE,
                issuedAt.getEpochSecond(),
                issuedAt.plus(LIFETIME).getEpochSecond());
        String signed = base64(Json.write(header)) + "." + base64(Json.write(claims));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(account.key());
            rsa.update(text.getBytes(StandardCharsets.US_ASCII));
            return rsa.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the JSON key's private_key cannot sign", e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
