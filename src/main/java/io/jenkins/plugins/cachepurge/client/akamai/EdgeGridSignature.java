package io.jenkins.plugins.cachepurge.client.akamai;

import io.jenkins.plugins.cachepurge.client.http.AuthenticationHeaders;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.UnsignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.HttpUrl;

/**
 * Signature of one request to Akamai (EdgeGrid, {@code EG1-HMAC-SHA256}). No headers are signed, since Akamai's own clients
 * differ in how they write them.
 *
 * @param signedAt Akamai refuses a difference to its own clock of more than 30 s
 * @param nonce never used before, such as a random UUID
 * @see <a href="https://techdocs.akamai.com/developer/docs/authenticate-with-edgegrid">Akamai: EdgeGrid</a>
 */
public record EdgeGridSignature(EdgeGridCredentials credentials, Instant signedAt, String nonce) {

    /** Bytes of a body that are signed; Akamai ignores the rest. */
    private static final int MAX_SIGNED_BYTES = 131_072;

    private static final String SIGNATURE = "signature=";

    private static final String HMAC = "HmacSHA256";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Signs each request anew, and sends it to the host of the credentials. */
    public static Signer signer(EdgeGridCredentials credentials) {
        List<String> secrets =
                List.of(credentials.clientSecret(), credentials.clientToken(), credentials.accessToken());
        return Signer.signing(request -> sign(credentials, request), secrets).at(credentials.url());
    }

    private static AuthenticationHeaders sign(EdgeGridCredentials credentials, UnsignedRequest request) {
        String nonce = UUID.randomUUID().toString();
        String header = new EdgeGridSignature(credentials, request.time(), nonce)
                .authorization(request.method(), request.url(), request.body().toByteArray());
        String signature = header.substring(header.lastIndexOf(SIGNATURE) + SIGNATURE.length());
        return new AuthenticationHeaders(Map.of("Authorization", header), List.of(signature));
    }

    /**
     * The value of the header {@code Authorization}.
     *
     * @param method in upper case
     * @param url at the host of the credentials
     * @param body empty for none
     */
    public String authorization(String method, HttpUrl url, byte[] body) {
        String timestamp = TIMESTAMP.format(signedAt);
        String unsigned = "EG1-HMAC-SHA256 client_token=%s;access_token=%s;timestamp=%s;nonce=%s;"
                .formatted(credentials.clientToken(), credentials.accessToken(), timestamp, nonce);
        String key = hmac(credentials.clientSecret(), timestamp);
        return unsigned + SIGNATURE + hmac(key, signedText(method, url, body, unsigned));
    }

    private static String signedText(String method, HttpUrl url, byte[] body, String unsigned) {
        String query = url.encodedQuery() == null ? "" : "?" + url.encodedQuery();
        return String.join(
                "\t",
                method,
                url.scheme(),
                hostAndPort(url),
                url.encodedPath() + query,
                "",
                contentHash(method, body),
                unsigned);
    }

    /** As in the header {@code Host}. */
    private static String hostAndPort(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    /** Only the body of a POST is signed. */
    private static String contentHash(String method, byte[] body) {
        if (!method.equals("POST") || body.length == 0) {
            return "";
        }
        byte[] signed = body.length > MAX_SIGNED_BYTES ? Arrays.copyOf(body, MAX_SIGNED_BYTES) : body;
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(signed));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Each Java has both algorithms. */
    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException(e);
    }

    /** Contains neither tokens nor the secret. */
    @Override
    public String toString() {
        return "EdgeGridSignature[%s]".formatted(TIMESTAMP.format(signedAt));
    }
}
