package io.jenkins.plugins.cachepurge.client.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.Headers;

/**
 * What authenticates one exchange: headers, fields of its form, and a signature of all of it. Never stored in a field but
 * those of access tokens, never serialized.
 */
public final class Signer implements Authentication {

    /** Computes a signature. */
    @FunctionalInterface
    public interface Scheme {

        /** No signature. */
        Scheme NONE = request -> new AuthenticationHeaders(Map.of(), List.of());

        AuthenticationHeaders sign(UnsignedRequest request);
    }

    /** Creates secret fields of a form. */
    @FunctionalInterface
    public interface Fields {

        /** No fields. */
        Fields NONE = time -> Map.of();

        /** @param time when the request is sent, by the controller's clock */
        Map<String, String> at(Instant time);
    }

    /** For a service without authentication. */
    public static final Signer NONE = new Signer(Map.of(), List.of());

    private final Map<String, String> headers;
    private final Fields fields;
    private final Scheme scheme;
    private final List<String> secrets;
    private final Optional<TokenKey> token;
    private final Optional<ApiUrl> server;
    private final Route route;

    /** Made once, since the signer of an access token signs many requests. */
    private volatile Redactor redactor;

    private Signer(
            Map<String, String> headers,
            Fields fields,
            Scheme scheme,
            List<String> secrets,
            Optional<TokenKey> token,
            Optional<ApiUrl> server,
            Route route) {
        this.headers = Map.copyOf(headers);
        this.fields = fields;
        this.scheme = scheme;
        this.secrets = List.copyOf(secrets);
        this.token = token;
        this.server = server;
        this.route = route;
    }

    private Signer(Map<String, String> headers, List<String> secrets) {
        this(headers, Fields.NONE, Scheme.NONE, secrets, Optional.empty(), Optional.empty(), Route.DEFAULT);
    }

    /**
     * A signature of the whole request: method, URL, headers, body and time.
     *
     * @param secrets all that it is computed from or carries, and that must never be printed
     */
    public static Signer signing(Scheme scheme, List<String> secrets) {
        return new Signer(Map.of(), Fields.NONE, scheme, secrets, Optional.empty(), Optional.empty(), Route.DEFAULT);
    }

    /**
     * Secret fields of a form, which the request's body must be.
     *
     * @param fields added after the form's own, in the map's order
     */
    public static Signer form(Map<String, String> fields) {
        return form(time -> new LinkedHashMap<>(fields), List.copyOf(fields.values()));
    }

    /**
     * Secret fields of a form that depend on the time, such as a signed assertion.
     *
     * @param fields added after the form's own, in the map's order
     * @param secrets all that they are computed from, and that must never be printed
     */
    public static Signer form(Fields fields, List<String> secrets) {
        return new Signer(Map.of(), fields, Scheme.NONE, secrets, Optional.empty(), Optional.empty(), Route.DEFAULT);
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

    /** The headers and fields of both; the other's replace those of the same name. Each signs what the ones before it add. */
    public Signer and(Signer other) {
        return new Signer(
                union(headers, other.headers),
                both(fields, other.fields),
                both(scheme, other.scheme),
                concat(secrets, other.secrets),
                token.or(() -> other.token),
                other.server.or(() -> server),
                other.route.equals(Route.DEFAULT) ? route : other.route);
    }

    private static Fields both(Fields first, Fields second) {
        return time -> union(first.at(time), second.at(time));
    }

    /**
     * The same for a service whose server only the credentials name.
     *
     * @param url replaces scheme, host and port of each request
     */
    public Signer at(ApiUrl url) {
        return new Signer(headers, fields, scheme, secrets, token, Optional.of(url), route);
    }

    /** The same for requests that get to their server in another way. */
    public Signer over(Route route) {
        return new Signer(headers, fields, scheme, secrets, token, server, route);
    }

    /** How requests get to their server. */
    public Route route() {
        return route;
    }

    /** The request at the server that the credentials name, if they do. */
    ApiRequest place(ApiRequest request) {
        return server.map(url -> request.withUrl(url.place(request.url()))).orElse(request);
    }

    private static Map<String, String> union(Map<String, String> first, Map<String, String> second) {
        Map<String, String> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Scheme both(Scheme first, Scheme second) {
        if (first == Scheme.NONE) {
            return second;
        }
        return request -> {
            AuthenticationHeaders one = first.sign(request);
            Headers.Builder headers = request.headers().newBuilder();
            one.headers().forEach(headers::set);
            AuthenticationHeaders two = second.sign(new UnsignedRequest(
                    request.method(), request.url(), headers.build(), request.body(), request.time()));
            return new AuthenticationHeaders(union(one.headers(), two.headers()), concat(one.secrets(), two.secrets()));
        };
    }

    /**
     * The same as the signer of an access token, which also hides the secrets that the token was granted for.
     *
     * @param credentials what authenticated the exchange that granted it
     */
    public Signer grantedFor(TokenKey key, Signer credentials) {
        return new Signer(
                headers, fields, scheme, concat(secrets, credentials.secrets), Optional.of(key), server, route);
    }

    /** The access token that it signs with; empty if it signs with the credentials themselves. */
    public Optional<TokenKey> token() {
        return token;
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

    /** The secret fields that are added to the body. */
    Map<String, String> fields(Instant time) {
        return fields.at(time);
    }

    AuthenticationHeaders sign(UnsignedRequest request) {
        return scheme.sign(request);
    }

    /** @param created what was created for one request */
    Redactor redactor(List<String> created) {
        return created.isEmpty() ? secrets() : new Redactor(concat(secrets, created));
    }

    /** Removes the secrets that are known before there is a request. */
    public Redactor secrets() {
        if (redactor == null) {
            redactor = new Redactor(secrets);
        }
        return redactor;
    }

    /** Contains the names of the headers only. */
    @Override
    public String toString() {
        return "Authentication" + headers.keySet();
    }
}
