package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the headers of a response say about the caches that it came through. None of it is certain: sites remove headers, and
 * add others.
 *
 * @param age how long ago the copy was stored or confirmed, by the cache that says so; empty without a valid {@code Age}
 * @param outcome empty if no header says it
 * @param place of the server that answered, such as FRA; empty if no header says it
 */
public record CacheReport(Optional<Duration> age, Optional<CacheOutcome> outcome, Optional<String> place) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** Above 2^31 seconds a cache may write any larger number (RFC 9111, 1.2.2). */
    private static final int MAX_AGE_DIGITS = 10;

    private static final Duration MAX_AGE = Duration.ofSeconds(1L << 31);

    /** A code of an airport behind the last hyphen, as of Cloudflare and Fastly. */
    private static final Pattern AIRPORT = Pattern.compile(".*-([A-Z]{3})");

    private static final Pattern CLOUDFRONT_PLACE = Pattern.compile("[A-Z]{3}[A-Z0-9-]*");

    private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z_]+");

    /** Reads the headers of a response. */
    public static CacheReport of(ApiResponse answer) {
        return new CacheReport(age(answer), outcome(answer), place(answer));
    }

    /** Seconds; of several the first counts, and anything else is ignored (RFC 9111, 5.1). */
    private static Optional<Duration> age(ApiResponse answer) {
        return answer.combinedHeader("Age")
                .map(value -> value.split(",", 2)[0].trim())
                .filter(value -> DIGITS.matcher(value).matches())
                .map(CacheReport::seconds);
    }

    private static Duration seconds(String digits) {
        if (digits.length() > MAX_AGE_DIGITS) {
            return MAX_AGE;
        }
        Duration age = Duration.ofSeconds(Long.parseLong(digits));
        return age.compareTo(MAX_AGE) < 0 ? age : MAX_AGE;
    }

    private static Optional<CacheOutcome> outcome(ApiResponse answer) {
        return standard(answer)
                .or(() -> words(answer, "CF-Cache-Status"))
                .or(() -> words(answer, "X-Cache"))
                .or(() -> words(answer, "X-Cache-Status"));
    }

    private static Optional<CacheOutcome> standard(ApiResponse answer) {
        return answer.combinedHeader("Cache-Status")
                .map(CacheStatus::of)
                .flatMap(caches ->
                        overall(caches.stream().map(CacheStatus::outcome).flatMap(Optional::stream)));
    }

    /** Each cache adds a word at the end, perhaps with its name behind it. */
    private static Optional<CacheOutcome> words(ApiResponse answer, String header) {
        return answer.combinedHeader(header)
                .flatMap(value -> overall(Stream.of(value.split(","))
                        .map(String::trim)
                        .map(CacheReport::firstWord)
                        .map(CacheOutcome::ofWord)
                        .flatMap(Optional::stream)));
    }

    private static String firstWord(String text) {
        Matcher word = FIRST_WORD.matcher(text);
        return word.lookingAt() ? word.group() : "";
    }

    /** That of the copy nearest to the visitor, if one of the caches had a copy; else that of the last cache. */
    private static Optional<CacheOutcome> overall(Stream<CacheOutcome> fromOriginToVisitor) {
        List<CacheOutcome> all = new ArrayList<>(fromOriginToVisitor.toList());
        Collections.reverse(all);
        return all.stream()
                .filter(CacheOutcome::isCopy)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static Optional<String> place(ApiResponse answer) {
        return answer.header("X-Amz-Cf-Pop")
                .filter(value -> CLOUDFRONT_PLACE.matcher(value).matches())
                .or(() -> answer.combinedHeader("X-Served-By").flatMap(CacheReport::lastPlace))
                .or(() -> answer.header("CF-Ray").flatMap(CacheReport::airport))
                .map(PrintableText::quote);
    }

    /** The server nearest to the visitor is the last. */
    private static Optional<String> lastPlace(String servers) {
        return airport(servers.substring(servers.lastIndexOf(',') + 1).trim());
    }

    private static Optional<String> airport(String value) {
        Matcher matcher = AIRPORT.matcher(value);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** In words, such as "Age 512, hit, from FRA"; empty if the headers say nothing. */
    @Override
    public String toString() {
        return Stream.of(
                        age.map(duration -> "Age " + duration.toSeconds()),
                        outcome.map(CacheOutcome::text),
                        place.map("from "::concat))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }
}
