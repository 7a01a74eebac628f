package io.jenkins.plugins.cachepurge.client.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.BodyFormat;
import io.jenkins.plugins.cachepurge.client.http.BodyReadOptions;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Request for a page, as a visitor's browser sends it but without a cookie: a GET of the very URL.
 *
 * @param headers further request headers, for a page that varies
 * @param addresses those that the page's host may have
 */
public record PageRequest(PageUrl page, Map<String, String> headers, AddressRule addresses) {

    /** A server for visitors takes more than an API, and pages are asked for side by side. */
    private static final QuotaSpec QUOTA = QuotaSpec.concurrent(16);

    private static final int TOO_MANY_REQUESTS = 429;

    /** The body as it is, so that its digest is that of a file. */
    private static final Map<String, String> DEFAULTS = Map.of("Accept", "*/*", "Accept-Encoding", "identity");

    /**
     * The exchange. Any status is an answer, redirects included, which are not followed.
     *
     * @param number how many requests for the page went before: each begins with another address of the host, on a
     *     connection of its own, so that several servers behind a name are asked in turn
     */
    public ApiCall<PageAnswer> call(PageContentOptions content, int number) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(DEFAULTS);
        all.putAll(headers);
        ApiRequest request = ApiRequest.get(PageUrl.behind(root(), page.target()))
                .withHeaders(all)
                .withAddresses(addresses.withRotation(number));
        return new ApiCall<>(
                page.host(),
                "serve " + path(),
                all.containsKey("Host") ? request.asDirect() : request,
                new PageReader(content),
                (answer, json) -> ServiceError.of(""),
                Idempotency.IDEMPOTENT,
                QUOTA);
    }

    private String root() {
        return page.origin().scheme() + "://" + page.host();
    }

    private String path() {
        return ValueText.of(List.of(page.target()), "path").substring("path ".length());
    }

    private record PageReader(PageContentOptions content) implements ResponseReader<PageAnswer> {

        @Override
        public boolean accepts(ApiResponse answer) {
            return true;
        }

        @Override
        public BodyFormat format() {
            return BodyFormat.TEXT;
        }

        /** A server that counts requests counts those for all of its pages. */
        @Override
        public Optional<Duration> pause(ApiResponse answer) {
            return answer.status() == TOO_MANY_REQUESTS
                    ? BotProtection.in(answer).map(BotProtection::pause)
                    : Optional.empty();
        }

        @Override
        public BodyReadOptions bodyOptions() {
            return content.bodyOptions();
        }

        @Override
        public PageAnswer read(JsonNode none, ApiResponse answer) {
            return PageAnswer.of(answer, content);
        }
    }
}
