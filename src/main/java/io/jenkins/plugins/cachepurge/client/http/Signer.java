package io.jenkins.plugins.cachepurge.client.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Credentials;

/** Headers that authenticate one exchange. Never stored in a field, never serialized. */
public final class Signer {

    /** For a service without authentication. */
    public static final Signer NONE = new Signer(Map.of(), List.of());

    private final Map<String, String> headers;
    private final List<String> secrets;

    private Signer(Map<String, String> headers, List<String> secrets) {
        this.headers = Map.copyOf(headers);
        this.secrets = List.copyOf(secrets);
    }

    /** {@code Authorization: Bearer …}, for example for Buddy and Feldera. */
    public static Signer bearer(String token) {
        return authorization("Bearer", token);
    }

    /** {@code Authorization} with the service's own scheme, such as Gcore's {@code APIKey …}. */
    public static Signer authorization(String scheme, String secret) {
        return new Signer(Map.of("Authorization", scheme + " " + fitForHeader(secret)), List.of(secret.trim()));
    }

    /** The secret in the service's own header, such as Scaleway's {@code X-Auth-Token}. */
    public static Signer header(String name, String secret) {
        return new Signer(Map.of(name, fitForHeader(secret)), List.of(secret.trim()));
    }

    /** {@code Authorization: Basic …} with the secret as user and no password, for KeyCDN. */
    public static Signer basicUser(String secret) {
        String user = fitForHeader(secret);
        if (user.contains(":")) {
            throw new IllegalArgumentException("the secret holds a colon, which ends the user of basic authentication");
        }
        String credentials = Credentials.basic(user, "");
        String encoded = credentials.substring(credentials.indexOf(' ') + 1);
        return new Signer(Map.of("Authorization", credentials), List.of(user, encoded));
    }

    /** {@code Authorization: Basic …} with a user name and its password (RFC 7617). */
    public static Signer basic(String user, String password) {
        if (user.contains(":")) {
            throw new IllegalArgumentException("the user name holds a colon");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        String credentials = Credentials.basic(user, password, StandardCharsets.UTF_8);
        String encoded = credentials.substring(credentials.indexOf(' ') + 1);
        return new Signer(Map.of("Authorization", credentials), List.of(password, encoded));
    }

    /** The headers of both; the other's replace those of the same name. */
    public Signer and(Signer other) {
        Map<String, String> both = new HashMap<>(headers);
        both.putAll(other.headers);
        List<String> all =
                Stream.concat(secrets.stream(), other.secrets.stream()).toList();
        return new Signer(both, all);
    }

    /**
     * Refuses a secret that is not valid in a header, since HTTP libraries quote it in their exceptions. White space
     * around it is removed: copying from a web page adds it.
     */
    private static String fitForHeader(String secret) {
        String trimmed = secret.trim();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        if (trimmed.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException(
                    "the secret holds a space, a line break or a character that cannot stand in an HTTP header");
        }
        return trimmed;
    }

    Map<String, String> headers() {
        return headers;
    }

    Redactor secrets() {
        return new Redactor(secrets);
    }

    /** Contains the names of the headers only. */
    @Override
    public String toString() {
        return "Authentication" + headers.keySet();
    }
}
