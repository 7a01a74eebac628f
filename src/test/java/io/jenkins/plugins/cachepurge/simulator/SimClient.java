package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain HTTP client for the simulators' own tests, with the same headers in each request. */
final class SimClient {

    /** An answer as it came over the network. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return SimJson.parse(response.body().getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String[] headers;

    /** Headers are names and values in turn. */
    SimClient(URI base, String... headers) {
        this.base = base;
        this.headers = headers.clone();
    }

    /** The same server, other headers. */
    SimClient with(String... others) {
        return new SimClient(base, others);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Reply send(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    Reply send(String method, String path, String json) throws IOException, InterruptedException {
        return send(method, path, json, "application/json");
    }

    Reply send(String method, String path, String body, String contentType) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Reply(http.send(request.build(), BodyHandlers.ofString()));
    }
}
