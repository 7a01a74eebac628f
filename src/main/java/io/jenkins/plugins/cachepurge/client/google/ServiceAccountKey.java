package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key of a Google service account, from the JSON file that Google gives out. Never stored in a field, never serialized.
 *
 * @see <a href="https://cloud.google.com/iam/docs/keys-create-delete">Google: service account keys</a>
 */
public final class ServiceAccountKey {

    private static final String TYPE = "service_account";

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    private static final Pattern EMAIL = Pattern.compile("[!-~&&[^@\"\\\\]]+@[A-Za-z0-9.-]+");
    private static final Pattern KEY_ID = Pattern.compile("[!-~&&[^\"\\\\]]{1,200}");

    private final String email;
    private final String keyId;
    private final String tokenUrl;
    private final PrivateKey key;
    private final String pem;

    private ServiceAccountKey(String email, String keyId, String tokenUrl, PrivateKey key, String pem) {
        this.email = email;
        this.keyId = keyId;
        this.tokenUrl = tokenUrl;
        this.key = key;
        this.pem = pem;
    }

    /** @throws IllegalArgumentException if it is not such a file; names the field, and does not quote it */
    public static ServiceAccountKey parse(String text) {
        JsonNode json = json(text);
        if (!TYPE.equals(json.path("type").asText())) {
            throw new IllegalArgumentException("it is not the JSON key of a service account (type service_account)");
        }
        String pem = text(json, "private_key");
        return new ServiceAccountKey(
                checkedText(json, "client_email", EMAIL),
                checkedText(json, "private_key_id", KEY_ID),
                text(json, "token_uri"),
                privateKey(pem),
                pem);
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (UnreadableResponseException e) {
            throw new IllegalArgumentException("it is not JSON, as the key of a service account is", e);
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("the JSON key has no " + field);
        }
        return value.textValue();
    }

    private static String checkedText(JsonNode json, String field, Pattern pattern) {
        String text = text(json, field);
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("the JSON key's %s is not one of Google's".formatted(field));
        }
        return text;
    }

    private static PrivateKey privateKey(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw wrongKey();
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrongKey();
        }
    }

    /** The causes may quote the key. */
    private static IllegalArgumentException wrongKey() {
        return new IllegalArgumentException("the JSON key's private_key is not an RSA key in PKCS #8 form");
    }

    /** Address of the service account. */
    public String email() {
        return email;
    }

    String keyId() {
        return keyId;
    }

    /** Where Google grants access tokens; {@code https://oauth2.googleapis.com/token} in a key of today. */
    public String tokenUrl() {
        return tokenUrl;
    }

    PrivateKey key() {
        return key;
    }

    /** The key as in the file, a secret. */
    public String secret() {
        return pem;
    }

    /** Contains the address only. */
    @Override
    public String toString() {
        return "ServiceAccountKey[" + email + "]";
    }
}
