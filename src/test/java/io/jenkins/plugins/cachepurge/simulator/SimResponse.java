package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a service answers.
 *
 * @param status HTTP status, 200 to 599
 * @param headers without Content-Length, which follows from the body
 * @param body empty if there is none
 * @param delivery how much of it really arrives
 */
public record SimResponse(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    private static final String CONTENT_TYPE = "Content-Type";

    /** Copies its arguments. */
    public SimResponse {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /** An answer whose body is the JSON form of an object, {@link JsonNode} included. */
    public static SimResponse json(int status, Object body) {
        return new SimResponse(status, Map.of(CONTENT_TYPE, "application/json"), SimJson.bytes(body), Delivery.WHOLE);
    }

    /** An answer with a text in UTF-8. */
    public static SimResponse text(int status, String contentType, String body) {
        return new SimResponse(
                status, Map.of(CONTENT_TYPE, contentType), body.getBytes(StandardCharsets.UTF_8), Delivery.WHOLE);
    }

    /** An answer without a body. */
    public static SimResponse empty(int status) {
        return new SimResponse(status, Map.of(), new byte[0], Delivery.WHOLE);
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The body read as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body, if it is JSON. */
    public Optional<JsonNode> json() {
        return SimJson.parse(body);
    }

    /** The same answer with one header more, or with another value of it. */
    public SimResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SimResponse(status, more, body, delivery);
    }

    /** The same answer with another status. */
    public SimResponse withStatus(int other) {
        return new SimResponse(other, headers, body, delivery);
    }

    /** The same answer with another body. */
    public SimResponse withBody(byte[] other) {
        return new SimResponse(status, headers, other, delivery);
    }

    /** The same answer, arriving differently. */
    public SimResponse withDelivery(Delivery other) {
        return new SimResponse(status, headers, body, other);
    }

    /** Status and delivery only. */
    @Override
    public String toString() {
        return status + " " + delivery;
    }
}
