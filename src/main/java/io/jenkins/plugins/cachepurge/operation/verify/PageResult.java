package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.page.CacheOutcome;
import io.jenkins.plugins.cachepurge.client.page.PageAnswer;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Last answer of a page that was as expected.
 *
 * @param url of the page
 * @param requestHeaders those of the variant; empty if there is only one
 * @param status the HTTP status
 * @param age in seconds, or null
 * @param etag or null
 * @param cacheStatus what the caches did, such as {@code hit}, or null
 * @param served the place, such as {@code FRA}, or null
 * @param tries how many answers there were
 * @param digest with which a CDN's own check is compared, or null
 */
public record PageResult(
        String url,
        Map<String, String> requestHeaders,
        int status,
        Long age,
        String etag,
        String cacheStatus,
        String served,
        int tries,
        String digest)
        implements Serializable {

    static PageResult of(PageToVerify page, PageAnswer answer, int tries, Optional<BodyDigestAlgorithm> reference) {
        return new PageResult(
                page.url().text(),
                page.isVariant() ? page.requestHeaders() : Map.of(),
                answer.status(),
                answer.cache().age().map(Duration::toSeconds).orElse(null),
                answer.etag().map(PrintableText::quote).orElse(null),
                answer.cache().outcome().map(CacheOutcome::text).orElse(null),
                answer.cache().place().orElse(null),
                tries,
                reference.map(answer.digests()::get).orElse(null));
    }

    /** @param places how many places of the CDN serve it, or null if the CDN was not asked */
    LinkedHashMap<String, Object> toPipelineValue(Integer places) {
        LinkedHashMap<String, Object> value = new LinkedHashMap<>();
        value.put("url", url);
        if (!requestHeaders.isEmpty()) {
            value.put("requestHeaders", new LinkedHashMap<>(requestHeaders));
        }
        value.put("status", status);
        value.put("age", age);
        value.put("etag", etag);
        value.put("cacheStatus", cacheStatus);
        value.put("served", served);
        value.put("tries", tries);
        if (places != null) {
            value.put("places", places);
        }
        return value;
    }
}
