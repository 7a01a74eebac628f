package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answer to a request for a page, without its body: nobody is shown a byte of that.
 *
 * @param hasText whether the text that was looked for is in the first MiB of its body; false if none was
 * @param truncated whether the body is longer than that
 * @param digests of the whole body, as far as they were asked for
 * @param headers those that were asked for, by their names as asked for; without those that are missing
 * @param encoding the {@code Content-Encoding}; empty for none
 * @param bot empty if the answer is that of the page
 * @param date when its server says that it was made; empty if it does not
 * @param receivedAt when it arrived, by the clock of Jenkins
 */
public record PageAnswer(
        int status,
        boolean hasText,
        boolean truncated,
        Map<BodyDigestAlgorithm, String> digests,
        Map<String, String> headers,
        Optional<String> etag,
        Optional<String> encoding,
        CacheReport cache,
        Optional<BotProtection> bot,
        Optional<Instant> date,
        Instant receivedAt) {

    static PageAnswer of(ApiResponse answer, PageContentOptions content) {
        Map<String, String> headers = new TreeMap<>();
        content.headers().forEach(name -> answer.combinedHeader(name).ifPresent(value -> headers.put(name, value)));
        return new PageAnswer(
                answer.status(),
                content.text().filter(answer.body()::contains).isPresent(),
                answer.truncated(),
                answer.digests(),
                headers,
                answer.header("ETag"),
                answer.header("Content-Encoding").filter(encoding -> !encoding.equalsIgnoreCase("identity")),
                CacheReport.of(answer),
                BotProtection.in(answer),
                answer.dateHeader("Date"),
                answer.receivedAt());
    }

    /**
     * How old the copy is: the larger one of what {@code Age} says, and the time since its {@code Date} (RFC 9111, 4.2.3:
     * corrected_initial_age), so that an Age that is too small is not believed. Caches that set a Date of their own leave
     * only the Age. By the clock of Jenkins, so that it can be compared with the time of a purge.
     *
     * @return empty without a valid {@code Age}, which may be missing for a copy of any age
     */
    public Optional<Duration> correctedAge() {
        return cache.age()
                .map(age -> date.map(made -> Duration.between(made, receivedAt))
                        .filter(apparent -> apparent.compareTo(age) > 0)
                        .orElse(age));
    }
}
