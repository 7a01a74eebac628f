package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What may become of one exchange. */
public enum InjectedFault {
    NONE(Effect.NONE, (request, service) -> service.get()),
    UNKNOWN_FIELDS(Effect.NONE, UsualFaults.unknownFields()),

    BUSY(Effect.RETRYABLE, UsualFaults.tooManyRequestsRetryAfter(7)),
    BUSY_TILL(Effect.RETRYABLE, UsualFaults.tooManyRequestsRetryAfterDate(VirtualTime.START.plusSeconds(40))),
    BUSY_RESET(Effect.RETRYABLE, UsualFaults.tooManyRequestsRateLimitReset(VirtualTime.START.plusSeconds(40))),
    BUSY_SECONDS(Effect.RETRYABLE, UsualFaults.tooManyRequestsResetSeconds(9)),
    BUSY_SINCE_LONG_AGO(
            Effect.RETRYABLE, UsualFaults.tooManyRequestsRetryAfterDate(VirtualTime.START.minusSeconds(4000))),
    BUSY_BEFORE_TIME_BEGAN(Effect.RETRYABLE, hint("-9223372036854775808")),
    BUSY_FOR_NO_NUMBER(Effect.RETRYABLE, hint("soon")),
    BUSY_FOR_AN_HOUR(Effect.BEYOND_DEADLINE, UsualFaults.tooManyRequestsRetryAfter(3600)),
    BUSY_FOR_EVER(Effect.BEYOND_DEADLINE, hint("9223372036854775807")),

    BAD_GATEWAY(Effect.UNKNOWN_EFFECT, UsualFaults.badGatewayHtml()),
    UNAVAILABLE(Effect.UNKNOWN_EFFECT, UsualFaults.unavailable(3)),
    GATEWAY_TIMEOUT(Effect.UNKNOWN_EFFECT, UsualFaults.gatewayTimeout()),
    CUT(Effect.UNKNOWN_EFFECT, UsualFaults.cutBeforeActing()),
    STALL(Effect.UNKNOWN_EFFECT, UsualFaults.stall()),
    ECHO(Effect.UNKNOWN_EFFECT, UsualFaults.echoing("Authorization", 503)),
    ACTED_CUT(Effect.UNKNOWN_EFFECT, UsualFaults.actThenCut()),
    ACTED_CUT_BEFORE_HEADERS(Effect.UNKNOWN_EFFECT, UsualFaults.actThenCutBeforeHeaders()),
    ACTED_BAD_GATEWAY(Effect.UNKNOWN_EFFECT, UsualFaults.actThenBadGateway()),
    ACTED_UNAVAILABLE(Effect.UNKNOWN_EFFECT, UsualFaults.unavailable(3).afterActing()),
    ACTED_STALL(Effect.UNKNOWN_EFFECT, UsualFaults.actThenStall()),

    PAGE(Effect.UNREADABLE, UsualFaults.answering(SimResponse.text(200, "text/html", "<html>Log in</html>"))),
    ACTED_PAGE(
            Effect.UNREADABLE,
            UsualFaults.answering(SimResponse.text(200, "text/html", "<html>")).afterActing()),
    ACTED_EMPTY(Effect.UNREADABLE, UsualFaults.answering(SimResponse.empty(200)).afterActing()),
    ACTED_NO_CONTENT(
            Effect.UNREADABLE, UsualFaults.answering(SimResponse.empty(204)).afterActing()),
    ACTED_LIST(
            Effect.UNREADABLE,
            UsualFaults.answering(SimResponse.json(200, List.of(1, 2))).afterActing()),
    ACTED_NULL(Effect.UNREADABLE, body("null")),
    ACTED_DEEP(Effect.UNREADABLE, body("[".repeat(100_000))),
    ACTED_NULLS(Effect.UNREADABLE, replacing("\"[^\"]+\"(?=[,}\\]])", "null")),
    ACTED_NUMBERS(Effect.UNREADABLE, replacing("\"[^\"]+\"(?=[,}\\]])", "1e999")),
    ACTED_TRUNCATED(Effect.UNREADABLE, (request, service) -> {
        SimResponse answer = service.get();
        byte[] body = answer.body();
        return answer.withBody(java.util.Arrays.copyOf(body, body.length / 2));
    }),
    ACTED_NOT_UTF8(Effect.UNREADABLE, (request, service) -> {
        SimResponse answer = service.get();
        return answer.withBody(answer.bodyText().replace("\"", "\"\u00ff").getBytes(StandardCharsets.ISO_8859_1));
    }),

    BAD_REQUEST(Effect.REFUSED, status(400)),
    UNAUTHORIZED(Effect.REFUSED, status(401)),
    FORBIDDEN(Effect.REFUSED, status(403)),
    NOT_FOUND(Effect.REFUSED, status(404)),
    ERROR(Effect.UNREADABLE, status(500)),
    REDIRECT(Effect.REFUSED, UsualFaults.redirectTo("https://elsewhere.example/"));

    /** What may rightly come of it. */
    public enum Effect {
        /** Nothing: it goes on. */
        NONE,
        /** It is tried again, since the service did nothing. */
        RETRYABLE,
        /** The same, where there is time enough. */
        BEYOND_DEADLINE,
        /** Nobody can know whether the service did it. */
        UNKNOWN_EFFECT,
        /** The same, and whoever only read something gives up. */
        UNREADABLE,
        /** The end. */
        REFUSED
    }

    private final Effect effect;
    private final Fault fault;

    InjectedFault(Effect kind, Fault fault) {
        this.effect = kind;
        this.fault = fault;
    }

    public Effect effect() {
        return effect;
    }

    public Fault fault() {
        return fault;
    }

    private static Fault hint(String retryAfter) {
        return UsualFaults.answering(
                SimResponse.json(429, Map.of("message", "slow down")).withHeader("Retry-After", retryAfter));
    }

    private static Fault status(int status) {
        return UsualFaults.answering(SimResponse.json(status, Map.of("message", "no")));
    }

    private static Fault body(String text) {
        return UsualFaults.answering(SimResponse.text(200, "application/json", text))
                .afterActing();
    }

    private static Fault replacing(String pattern, String by) {
        return (request, service) -> {
            SimResponse answer = service.get();
            return answer.withBody(answer.bodyText().replaceAll(pattern, by).getBytes(StandardCharsets.UTF_8));
        };
    }
}
