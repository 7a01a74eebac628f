package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;

/** Calls of a service that does not exist: a success is any JSON, an error a field {@code message}. */
final class TestCalls {

    static final HttpUrl URL = HttpUrl.get("https://api.example.org/v1/things?secret=no");

    private TestCalls() {}

    static ApiCall<JsonNode> get() {
        return of(ApiRequest.get(URL));
    }

    static ApiCall<JsonNode> get(MockWebServer server) {
        return of(ApiRequest.get(server.url("/")));
    }

    static ApiCall<JsonNode> of(ApiRequest request) {
        return of(request, (json, answer) -> json);
    }

    static <T> ApiCall<T> of(ApiRequest request, ResponseReader<T> reader) {
        return new ApiCall<>(
                "Example",
                "do a thing",
                request,
                reader,
                (answer, json) -> ServiceError.of(json.path("message").asText("")),
                Idempotency.IDEMPOTENT);
    }
}
