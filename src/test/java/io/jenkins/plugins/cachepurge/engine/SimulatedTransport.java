package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.HttpInternals;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.SignedRequest;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.simulator.Delivery;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Headers;

/**
 * Carries exchanges out with a simulated service on virtual time, without a network: each takes a moment to get there,
 * and the answer a moment to come back.
 */
public final class SimulatedTransport implements ApiTransport {

    /** One way. */
    public static final Duration LATENCY = Duration.ofMillis(50);

    private final VirtualTime time;
    private final SimService service;
    private final List<Duration> given = new ArrayList<>();
    private Duration serviceAhead = Duration.ZERO;
    private Duration signingClockBehind = Duration.ZERO;
    private Runnable boundary = () -> {};
    private int unreachable;
    private int unknownHost;
    private int inFlightCount;

    public SimulatedTransport(VirtualTime time, SimService service) {
        this.time = time;
        this.service = service;
    }

    /** The next exchanges come to no connection. */
    public void unreachable(int times) {
        unreachable = times;
    }

    /** The next exchanges, after those that come to no connection, find no address of the host. */
    public void unknownHost(int times) {
        unknownHost = times;
    }

    /** What the service's {@code Date} header is ahead of this side's clock. */
    public void serviceClockAhead(Duration ahead) {
        serviceAhead = ahead;
    }

    /** By how much the clock of signatures is behind that of the services. */
    public void controllerClockBehind(Duration behind) {
        signingClockBehind = behind;
    }

    /** Called twice in each exchange: before the service sees the request, and when it has acted. */
    public void atEachBoundary(Runnable what) {
        boundary = what;
    }

    /** How long each exchange was given, oldest first. */
    public List<Duration> given() {
        return List.copyOf(given);
    }

    /** How many exchanges are under way. */
    public int inFlightCount() {
        return inFlightCount;
    }

    /** As if all that was under way had never been heard of: for after a crash. */
    public void dropInFlight() {
        inFlightCount = 0;
    }

    @Override
    public <T> Cancellable send(
            ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
        given.add(atMost);
        InFlight<T> flight = new InFlight<>(call.at(authentication), authentication, receiver);
        inFlightCount++;
        flight.limit = time.schedule(
                atMost.compareTo(HttpLimits.EXCHANGE_TIMEOUT) < 0 ? atMost : HttpLimits.EXCHANGE_TIMEOUT,
                () -> flight.lose("the request timed out"));
        flight.next = time.schedule(LATENCY, flight::arrive);
        return () -> flight.lose("it was given up");
    }

    private static SimRequest request(SignedRequest signed) {
        Map<String, List<String>> headers = new HashMap<>(signed.headers().toMultimap());
        headers.putIfAbsent("host", List.of(HttpInternals.host(signed.url())));
        byte[] body = signed.body().map(ApiBody::text).orElse("").getBytes(StandardCharsets.UTF_8);
        return SimRequest.of(signed.method(), signed.url().uri(), headers, body);
    }

    private ApiResponse answer(ApiCall<?> call, SimResponse simulated, Instant servedAt) {
        Headers.Builder headers = new Headers.Builder();
        headers.add("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(servedAt.atOffset(ZoneOffset.UTC)));
        simulated.headers().forEach(headers::set);
        Map<BodyDigestAlgorithm, String> digests = new EnumMap<>(BodyDigestAlgorithm.class);
        for (BodyDigestAlgorithm algorithm : call.reader().bodyOptions().digests()) {
            digests.put(
                    algorithm, HexFormat.of().formatHex(algorithm.newDigest().digest(simulated.body())));
        }
        return new ApiResponse(
                simulated.status(), "", headers.build(), simulated.bodyText(), false, digests, time.instant());
    }

    private final class InFlight<T> {
        private final ApiCall<T> call;
        private final SignedRequest signed;
        private final Consumer<Outcome<T>> receiver;
        private Cancellable limit;
        /** The request's or the answer's arrival. */
        private Cancellable next;

        private boolean over;

        InFlight(ApiCall<T> call, Signer authentication, Consumer<Outcome<T>> receiver) {
            this.call = call;
            this.signed = SignedRequest.of(
                    call.request(), authentication, time.instant().minus(signingClockBehind));
            this.receiver = receiver;
        }

        void arrive() {
            boundary.run();
            if (unreachable > 0) {
                unreachable--;
                tell(new Outcome.Failure<>(HttpInternals.unreachable(call)));
                return;
            }
            if (unknownHost > 0) {
                unknownHost--;
                tell(new Outcome.Failure<>(HttpInternals.unknownHost(call)));
                return;
            }
            SimResponse simulated = service.handle(request(signed));
            Instant servedAt = time.instant().plus(serviceAhead);
            boundary.run();
            if (simulated.delivery() == Delivery.WHOLE) {
                next = time.schedule(
                        LATENCY, () -> tell(call.read(answer(call, simulated, servedAt), signed.secrets())));
            } else if (simulated.delivery() != Delivery.STALL) {
                next = time.schedule(LATENCY, () -> lose("the connection broke"));
            }
        }

        void lose(String why) {
            tell(new Outcome.Failure<>(ApiException.noResponse(call, why)));
        }

        private void tell(Outcome<T> outcome) {
            if (!over) {
                over = true;
                inFlightCount--;
                limit.cancel();
                next.cancel();
                receiver.accept(outcome);
            }
        }
    }
}
