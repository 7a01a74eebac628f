package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The usual faults. Unless a name says otherwise the service does not see the request; {@link Fault#afterActing()}
 * makes a fault of which the service has acted already.
 */
public final class UsualFaults {

    private static final String RETRY_AFTER = "Retry-After";

    private UsualFaults() {}

    /** Any fixed answer. */
    public static Fault answering(SimResponse answer) {
        return (request, service) -> answer;
    }

    /** 429 with Retry-After in seconds. */
    public static Fault tooManyRequestsRetryAfter(int seconds) {
        return answering(tooManyRequests().withHeader(RETRY_AFTER, Integer.toString(seconds)));
    }

    /** 429 with Retry-After as an HTTP date, which has no fractions of a second. */
    public static Fault tooManyRequestsRetryAfterDate(Instant date) {
        String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
        return answering(tooManyRequests().withHeader(RETRY_AFTER, text));
    }

    /** 429 as Buddy answers it: the limit's end in a header, in seconds since 1970. */
    public static Fault tooManyRequestsRateLimitReset(Instant reset) {
        return answering(BuddyErrorResponses.error(429, "Rate limit exceeded")
                .withHeader("X-Rate-Limit-Limit", "1000")
                .withHeader("X-Rate-Limit-Remaining", "0")
                .withHeader("X-Rate-Limit-Reset", Long.toString(reset.getEpochSecond())));
    }

    /** 429 as Scaleway answers it: the seconds to wait in the body, no Retry-After. */
    public static Fault tooManyRequestsResetSeconds(int seconds) {
        return answering(ScalewayErrorResponses.tooManyRequests(10, Duration.ofMinutes(1), seconds, Optional.empty()));
    }

    /** 502 from a proxy that knows nothing of JSON. */
    public static Fault badGatewayHtml() {
        return answering(html(502, "502 Bad Gateway"));
    }

    /** 503 from a proxy, with no word on when to come back. */
    public static Fault unavailable() {
        return answering(html(503, "503 Service Temporarily Unavailable"));
    }

    /** 503 with Retry-After in seconds. */
    public static Fault unavailable(int retryAfterSeconds) {
        return answering(html(503, "503 Service Temporarily Unavailable")
                .withHeader(RETRY_AFTER, Integer.toString(retryAfterSeconds)));
    }

    /** 504 from a proxy. */
    public static Fault gatewayTimeout() {
        return answering(html(504, "504 Gateway Time-out"));
    }

    /** 307, which asks to repeat the request elsewhere with method and body unchanged. */
    public static Fault redirectTo(String url) {
        return answering(SimResponse.empty(307).withHeader("Location", url));
    }

    /** The connection ends without an answer; nothing was done. */
    public static Fault cutBeforeActing() {
        return answering(SimResponse.empty(200).withDelivery(Delivery.CUT_BEFORE_HEADERS));
    }

    /** The service acts, then the connection ends within the answer's body. */
    public static Fault actThenCut() {
        return (request, service) -> service.get().withDelivery(Delivery.CUT_IN_BODY);
    }

    /** The service acts, then the connection ends without an answer. */
    public static Fault actThenCutBeforeHeaders() {
        return cutBeforeActing().afterActing();
    }

    /** The service acts, then a proxy answers 502. */
    public static Fault actThenBadGateway() {
        return badGatewayHtml().afterActing();
    }

    /** 200 and headers, then nothing until the server is closed; nothing was done. */
    public static Fault stall() {
        return answering(SimResponse.json(200, SimJson.object()).withDelivery(Delivery.STALL));
    }

    /** The service acts, and its answer stops after the headers until the server is closed. */
    public static Fault actThenStall() {
        return (request, service) -> service.get().withDelivery(Delivery.STALL);
    }

    /** The service acts, and every object of its JSON answer has fields more than known today. */
    public static Fault unknownFields() {
        return (request, service) -> {
            SimResponse answer = service.get();
            return answer.json()
                    .map(body -> answer.withBody(SimJson.bytes(extended(body))))
                    .orElse(answer);
        };
    }

    /** 500 whose text repeats a header's value: whoever shows the text must not show the secret in it. */
    public static Fault echoing(String headerName) {
        return echoing(headerName, 500);
    }

    /** The same with another status, 400 to 599. */
    public static Fault echoing(String headerName, int status) {
        return (request, service) -> {
            String text = "cannot process " + headerName + ": "
                    + request.header(headerName).orElse("(none)");
            // All the places where one of the services puts the text of an error.
            return SimResponse.json(
                    status,
                    Map.of(
                            "message", text,
                            "Message", text,
                            "help_message", text,
                            "msg", text,
                            "description", text,
                            "detail", text,
                            "error_description", text,
                            "Error", Map.of("Message", text),
                            "errors", List.of(Map.of("message", text))));
        };
    }

    private static SimResponse tooManyRequests() {
        return SimResponse.json(429, Map.of("message", "Too many requests"));
    }

    private static SimResponse html(int status, String title) {
        String page = "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1></center>\r\n"
                + "</body>\r\n</html>\r\n";
        return SimResponse.text(status, "text/html", page.formatted(title));
    }

    private static JsonNode extended(JsonNode node) {
        // Depth first, or the added objects would be extended too, without end.
        node.forEach(UsualFaults::extended);
        if (node instanceof ObjectNode object) {
            object.put("unknown_word", "new");
            object.putObject("unknown_object").put("unknown_number", 1.5).putNull("unknown_null");
            object.putArray("unknown_list").add(1).add("two");
        }
        return node;
    }
}
