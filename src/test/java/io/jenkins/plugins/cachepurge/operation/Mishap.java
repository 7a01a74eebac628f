package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What may become of one exchange. */
enum Mishap {
    NONE(Kind.NONE, (request, service) -> service.get()),
    UNKNOWN_FIELDS(Kind.NONE, Faults.unknownFields()),

    BUSY(Kind.PASSING, Faults.tooManyRequestsRetryAfter(7)),
    BUSY_TILL(Kind.PASSING, Faults.tooManyRequestsRetryAfterDate(VirtualTime.START.plusSeconds(40))),
    BUSY_RESET(Kind.PASSING, Faults.tooManyRequestsRateLimitReset(VirtualTime.START.plusSeconds(40))),
    BUSY_SECONDS(Kind.PASSING, Faults.tooManyRequestsResetSeconds(9)),
    BUSY_SINCE_LONG_AGO(Kind.PASSING, Faults.tooManyRequestsRetryAfterDate(VirtualTime.START.minusSeconds(4000))),
    BUSY_BEFORE_TIME_BEGAN(Kind.PASSING, hint("-9223372036854775808")),
    BUSY_FOR_NO_NUMBER(Kind.PASSING, hint("soon")),
    BUSY_FOR_AN_HOUR(Kind.TOO_LONG, Faults.tooManyRequestsRetryAfter(3600)),
    BUSY_FOR_EVER(Kind.TOO_LONG, hint("9223372036854775807")),

    BAD_GATEWAY(Kind.MAYBE, Faults.badGatewayHtml()),
    UNAVAILABLE(Kind.MAYBE, Faults.unavailable(3)),
    GATEWAY_TIMEOUT(Kind.MAYBE, Faults.gatewayTimeout()),
    CUT(Kind.MAYBE, Faults.cutBeforeActing()),
    STALL(Kind.MAYBE, Faults.stall()),
    ECHO(Kind.MAYBE, Faults.echoing("Authorization", 503)),
    ACTED_CUT(Kind.MAYBE, Faults.actThenCut()),
    ACTED_CUT_BEFORE_HEADERS(Kind.MAYBE, Faults.actThenCutBeforeHeaders()),
    ACTED_BAD_GATEWAY(Kind.MAYBE, Faults.actThenBadGateway()),
    ACTED_UNAVAILABLE(Kind.MAYBE, Faults.unavailable(3).afterActing()),
    ACTED_STALL(Kind.MAYBE, Faults.actThenStall()),

    PAGE(Kind.UNREADABLE, Faults.answering(SimAnswer.text(200, "text/html", "<html>Log in</html>"))),
    ACTED_PAGE(
            Kind.UNREADABLE,
            Faults.answering(SimAnswer.text(200, "text/html", "<html>")).afterActing()),
    ACTED_EMPTY(Kind.UNREADABLE, Faults.answering(SimAnswer.empty(200)).afterActing()),
    ACTED_NO_CONTENT(Kind.UNREADABLE, Faults.answering(SimAnswer.empty(204)).afterActing()),
    ACTED_LIST(
            Kind.UNREADABLE,
            Faults.answering(SimAnswer.json(200, List.of(1, 2))).afterActing()),
    ACTED_NULL(Kind.UNREADABLE, body("null")),
    ACTED_DEEP(Kind.UNREADABLE, body("[".repeat(100_000))),
    ACTED_NULLS(Kind.UNREADABLE, replacing("\"[^\"]+\"(?=[,}\\]])", "null")),
    ACTED_NUMBERS(Kind.UNREADABLE, replacing("\"[^\"]+\"(?=[,}\\]])", "1e999")),
    ACTED_TRUNCATED(Kind.UNREADABLE, (request, service) -> {
        SimAnswer answer = service.get();
        byte[] body = answer.body();
        return answer.withBody(java.util.Arrays.copyOf(body, body.length / 2));
    }),
    ACTED_NOT_UTF8(Kind.UNREADABLE, (request, service) -> {
        SimAnswer answer = service.get();
        return answer.withBody(answer.bodyText().replace("\"", "\"\u00ff").getBytes(StandardCharsets.ISO_8859_1));
    }),

    BAD_REQUEST(Kind.REFUSING, status(400)),
    UNAUTHORIZED(Kind.REFUSING, status(401)),
    FORBIDDEN(Kind.REFUSING, status(403)),
    NOT_FOUND(Kind.REFUSING, status(404)),
    ERROR(Kind.REFUSING, status(500)),
    REDIRECT(Kind.REFUSING, Faults.redirectTo("https://elsewhere.example/"));

    /** What may rightly come of it. */
    enum Kind {
        /** Nothing: it goes on. */
        NONE,
        /** It is tried again, since the service did nothing. */
        PASSING,
        /** The same, where there is time enough. */
        TOO_LONG,
        /** Nobody can know whether the service did it. */
        MAYBE,
        /** The same, and whoever only read something gives up. */
        UNREADABLE,
        /** The end. */
        REFUSING
    }

    private final Kind kind;
    private final Fault fault;

    Mishap(Kind kind, Fault fault) {
        this.kind = kind;
        this.fault = fault;
    }

    Kind kind() {
        return kind;
    }

    Fault fault() {
        return fault;
    }

    private static Fault hint(String retryAfter) {
        return Faults.answering(
                SimAnswer.json(429, Map.of("message", "slow down")).withHeader("Retry-After", retryAfter));
    }

    private static Fault status(int status) {
        return Faults.answering(SimAnswer.json(status, Map.of("message", "no")));
    }

    private static Fault body(String text) {
        return Faults.answering(SimAnswer.text(200, "application/json", text)).afterActing();
    }

    private static Fault replacing(String pattern, String by) {
        return (request, service) -> {
            SimAnswer answer = service.get();
            return answer.withBody(answer.bodyText().replaceAll(pattern, by).getBytes(StandardCharsets.UTF_8));
        };
    }
}
