package io.jenkins.plugins.cachepurge.client.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;

/** Request as it is sent. Exists only for its exchange. */
public final class SignedRequest {

    private final ApiRequest request;
    private final Headers headers;
    private final Optional<ApiBody> body;
    private final Redactor secrets;

    private SignedRequest(ApiRequest request, Headers headers, Optional<ApiBody> body, Redactor secrets) {
        this.request = request;
        this.headers = headers;
        this.body = body;
        this.secrets = secrets;
    }

    /** @param time when it is sent, by the controller's clock */
    public static SignedRequest of(ApiRequest request, Signer signer, Instant time) {
        Map<String, String> fields = signer.fields(time);
        Optional<ApiBody> body = complete(request.body(), fields);
        Headers.Builder headers = new Headers.Builder();
        body.map(ApiBody::mediaType).ifPresent(type -> headers.set("Content-Type", type));
        set(headers, request.headers());
        set(headers, signer.headers());
        ByteString bytes = ByteString.encodeUtf8(body.map(ApiBody::text).orElse(""));
        AuthenticationHeaders signature =
                signer.sign(new UnsignedRequest(request.method(), request.url(), headers.build(), bytes, time));
        set(headers, signature.headers());
        List<String> created = new ArrayList<>(signature.secrets());
        created.addAll(fields.values());
        return new SignedRequest(request, headers.build(), body, signer.redactor(created));
    }

    private static Optional<ApiBody> complete(Optional<ApiBody> body, Map<String, String> fields) {
        return fields.isEmpty()
                ? body
                : Optional.of(body.orElse(ApiBody.form(Map.of())).withFields(fields));
    }

    private static void set(Headers.Builder headers, Map<String, String> more) {
        more.forEach(headers::set);
    }

    /** An HTTP method in upper case. */
    public String method() {
        return request.method();
    }

    /** Contains no secret. */
    public HttpUrl url() {
        return request.url();
    }

    /** All headers that depend on the request or authenticate it. */
    public Headers headers() {
        return headers;
    }

    /** The body, with the secrets that a signer adds. */
    public Optional<ApiBody> body() {
        return body;
    }

    /** Removes all secrets that the request carries. */
    public Redactor secrets() {
        return secrets;
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return method() + " " + url().encodedPath();
    }
}
