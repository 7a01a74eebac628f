package io.jenkins.plugins.cachepurge.client.httpcache;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.BodyFormat;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Check whether a VCL is of a dialect: it must refuse a request without the header that its purges need. Another VCL may
 * purge the page of that request, which no site has.
 *
 * @param dialect its name in a Jenkinsfile
 */
public record DialectProbe(String dialect, VarnishDialect.Refusal refusal) implements Serializable {

    /** Path of the request; no page. */
    static final String PATH = "/cache-purge-checks-the-dialect";

    ApiCall<DialectProbe> call(String service, ApiUrl cache, PurgeScope pages, String forbidden) {
        PurgeScope nothing = new PurgeScope(pages.host(), PATH, PurgeScope.Match.EXACT);
        Map<String, String> headers = new HashMap<>(nothing.hostHeader());
        headers.put("Accept", "*/*");
        return new ApiCall<>(
                service,
                "refuse a purge without tags at %s, as the VCL of the dialect %s does".formatted(cache, dialect),
                new ApiRequest(refusal.method(), nothing.at(cache, ""), headers, Optional.empty()).asDirect(),
                new RefusalReader(this),
                (answer, json) -> ServiceError.of(answer.reason()).withAdvice(forbidden),
                Idempotency.IDEMPOTENT,
                CacheRequest.QUOTA);
    }

    private record RefusalReader(DialectProbe check) implements ResponseReader<DialectProbe> {

        @Override
        public boolean accepts(ApiResponse answer) {
            return answer.isSuccessful() || check.refusal().statuses().contains(answer.status());
        }

        @Override
        public BodyFormat format() {
            return BodyFormat.TEXT;
        }

        @Override
        public DialectProbe read(JsonNode none, ApiResponse answer) throws UnreadableResponseException {
            if (answer.isSuccessful() || !VarnishClient.isOwnPage(answer)) {
                throw new UnreadableResponseException(
                        "its VCL is not that of the dialect %s; what it says of purges means something else"
                                .formatted(check.dialect()));
            }
            return check;
        }
    }
}
