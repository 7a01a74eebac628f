package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.BodyReadOptions;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.PluginLog;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.Route;
import io.jenkins.plugins.cachepurge.client.http.SignedRequest;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.client.http.UnsignedRequest;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Transport through an agent. Signs and reads on the controller; to the agent goes one request, and what it sends back is
 * checked like anything that comes from outside.
 *
 * @param userAgent names the plugin and Jenkins, with their versions
 * @param clock of the engine
 * @param signingClock the controller's, which services compare with theirs
 */
public record AgentTransport(AgentLink link, String userAgent, InstantSource clock, InstantSource signingClock)
        implements ApiTransport {

    private static final int MAX_DETAIL_LENGTH = 300;
    private static final Duration MIN_LIMIT = Duration.ofMillis(1);

    @Override
    public <T> Cancellable send(
            ApiCall<T> unplaced, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
        ApiCall<T> call = unplaced.at(authentication);
        SignedRequest signed = SignedRequest.of(call.request(), authentication, signingClock.instant());
        BodyReadOptions use = call.reader().bodyOptions();
        Duration allowed = use.limit(atMost);
        Duration limit = allowed.compareTo(MIN_LIMIT) < 0 ? MIN_LIMIT : allowed;
        AgentRequest request = request(
                signed,
                call.request().addresses().orElse(AddressRule.ANY),
                authentication.route().trusted(),
                limit,
                use);
        Redactor secrets = signed.secrets();
        PluginLog.Exchange logged = PluginLog.begin(call);
        return link.start(request, limit, answer -> {
            logged.end(logged(answer));
            receiver.accept(outcome(call, authentication.route(), secrets, answer));
        });
    }

    private String logged(AgentAnswer answer) {
        return "%s from %s".formatted(ending(answer), link.name());
    }

    private static String ending(AgentAnswer answer) {
        if (answer instanceof AgentAnswer.Response response) {
            return "HTTP " + response.status();
        }
        return answer instanceof AgentAnswer.Untrusted untrusted
                ? untrusted.problem().toString()
                : ((AgentAnswer.Failure) answer).reason().toString();
    }

    private AgentRequest request(
            SignedRequest signed,
            AddressRule addresses,
            TrustedCertificates trusted,
            Duration limit,
            BodyReadOptions use) {
        HttpUrl url = signed.url();
        String query = url.encodedQuery();
        return new AgentRequest(
                signed.method(),
                new AgentRequest.Server(url.isHttps(), url.host(), url.port(), addresses, trusted.encoded()),
                query == null ? url.encodedPath() : url.encodedPath() + "?" + query,
                headers(signed),
                signed.body().map(ApiBody::text).orElse("").getBytes(StandardCharsets.UTF_8),
                new AgentRequest.Limits(
                        (int) HttpLimits.CONNECT_TIMEOUT.toMillis(),
                        (int) HttpLimits.EXCHANGE_TIMEOUT.toMillis(),
                        limit.toMillis(),
                        HttpLimits.MAX_BODY_BYTES),
                use.text(),
                use.digests());
    }

    private List<String> headers(SignedRequest signed) {
        Headers all = new Headers.Builder()
                .set("Host", UnsignedRequest.host(signed.url()))
                .set("Accept", "application/json")
                .set("Accept-Encoding", "identity")
                .set("User-Agent", userAgent)
                .build();
        Headers.Builder complete = all.newBuilder();
        signed.headers().forEach(header -> complete.set(header.getFirst(), header.getSecond()));
        List<String> fields = new ArrayList<>();
        complete.build().forEach(header -> {
            fields.add(header.getFirst());
            fields.add(header.getSecond());
        });
        return fields;
    }

    private <T> Outcome<T> outcome(ApiCall<T> call, Route route, Redactor secrets, AgentAnswer answer) {
        Instant receivedAt = clock.instant();
        if (answer instanceof AgentAnswer.Response response) {
            return isPlausible(response, call.reader().bodyOptions())
                    ? read(call, secrets, response, receivedAt)
                    : new Outcome.Failure<>(noResponse(call, "its answer is no valid one"));
        }
        if (answer instanceof AgentAnswer.Untrusted untrusted) {
            String detail = "%s (from %s)".formatted(printable(untrusted.detail(), secrets), link.name());
            return new Outcome.Failure<>(ApiException.untrusted(call, untrusted.problem(), detail, route));
        }
        AgentAnswer.Failure failure = (AgentAnswer.Failure) answer;
        return new Outcome.Failure<>(problem(call, failure.reason(), printable(failure.detail(), secrets)));
    }

    /** Whoever controls an agent may send anything. */
    private static boolean isPlausible(AgentAnswer.Response response, BodyReadOptions use) {
        return response.status() >= 200
                && response.status() < 600
                && response.headers().size() % 2 == 0
                && response.body().length <= HttpLimits.MAX_BODY_BYTES
                && response.digests().keySet().equals(use.digests());
    }

    private <T> Outcome<T> read(ApiCall<T> call, Redactor secrets, AgentAnswer.Response response, Instant receivedAt) {
        Headers.Builder headers = new Headers.Builder();
        try {
            for (int i = 0; i < response.headers().size(); i += 2) {
                headers.addUnsafeNonAscii(
                        response.headers().get(i), response.headers().get(i + 1));
            }
        } catch (IllegalArgumentException e) {
            return new Outcome.Failure<>(noResponse(call, "its answer is no valid one"));
        }
        Headers all = headers.build();
        ApiResponse readable = new ApiResponse(
                response.status(),
                response.reason(),
                all,
                new String(response.body(), call.reader().bodyOptions().charset(all.get("Content-Type"))),
                response.truncated(),
                response.digests(),
                receivedAt);
        return call.read(readable, secrets);
    }

    private ApiException problem(ApiCall<?> call, AgentAnswer.Reason reason, String detail) {
        return switch (reason) {
            case NO_AGENT -> ApiException.unreachableFromAgent(call, link.name(), "the agent is not connected");
            case NOT_CONNECTED, TLS_FAILED -> ApiException.unreachableFromAgent(call, link.name(), detail);
            case FORBIDDEN_ADDRESS -> ApiException.forbiddenAddress(call, detail);
            case NO_RESPONSE -> noResponse(call, detail);
            case LOST_AGENT -> noResponse(call, "the agent was lost" + (detail.isEmpty() ? "" : ": " + detail));
        };
    }

    private ApiException noResponse(ApiCall<?> call, String reason) {
        return ApiException.noResponse(call, "%s (from %s)".formatted(reason, link.name()));
    }

    private static String printable(String detail, Redactor secrets) {
        return PrintableText.cut(secrets.redact(detail).strip(), MAX_DETAIL_LENGTH);
    }
}
