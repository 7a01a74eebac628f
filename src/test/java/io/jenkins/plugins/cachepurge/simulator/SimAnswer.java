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
public record SimAnswer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    private static final String CONTENT_TYPE = "Content-Type";

    /** Copies its arguments. */
    public SimAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /** An answer whose body is the JSON form of an object, {@link JsonNode} included. */
    public static SimAnswer json(int status, Object body) {
        return new SimAnswer(status, Map.of(CONTENT_TYPE, "application/json"), Json.bytes(body), Delivery.WHOLE);
    }

    /** An answer with a text in UTF-8. */
    public static SimAnswer text(int status, String contentType, String body) {
        return new SimAnswer(
                status, Map.of(CONTENT_TYPE, contentType), body.getBytes(StandardCharsets.UTF_8), Delivery.WHOLE);
    }

    /** An answer without a body. */
    public static SimAnswer empty(int status) {
        return new SimAnswer(status, Map.of(), new byte[0], Delivery.WHOLE);
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
        return Json.parse(body);
    }

    /** The same answer with one header more, or with another value of it. */
    public SimAnswer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SimAnswer(status, more, body, delivery);
    }

    /** The same answer with another status. */
    public SimAnswer withStatus(int other) {
        return new SimAnswer(other, headers, body, delivery);
    }

    /** The same answer with another body. */
    public SimAnswer withBody(byte[] other) {
        return new SimAnswer(status, headers, other, delivery);
    }

    /** The same answer, arriving differently. */
    public SimAnswer withDelivery(Delivery other) {
        return new SimAnswer(status, headers, body, other);
    }

    /** Status and delivery only. */
    @Override
    public String toString() {
        return status + " " + delivery;
    }
}
