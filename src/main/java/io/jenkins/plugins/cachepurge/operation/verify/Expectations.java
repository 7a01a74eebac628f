package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.page.PageAnswer;
import io.jenkins.plugins.cachepurge.client.page.PageContentOptions;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an answer must be like.
 *
 * @param statuses the HTTP status, or several of which one is enough
 * @param text a text that the first MiB of the body contains
 * @param sha256 of the whole body, in lower-case hexadecimal digits
 * @param etag the entity tag; compared weakly (RFC 9110, 8.8.3.2), and the quotes may be left out
 * @param headers values by their names
 * @param newerThan when the copy was stored at the earliest
 */
public record Expectations(
        Set<Integer> statuses,
        Optional<String> text,
        Optional<String> sha256,
        Optional<String> etag,
        Map<String, String> headers,
        Optional<NewerThan> newerThan) {

    /** How much of a digest is in a message: enough to compare two, and nothing can be found out from it. */
    private static final int SHOWN_DIGITS = 8;

    public Expectations {
        statuses = Set.copyOf(statuses);
        headers = Map.copyOf(headers);
    }

    /** Expectations with a single status. */
    public Expectations(
            int status,
            Optional<String> text,
            Optional<String> sha256,
            Optional<String> etag,
            Map<String, String> headers,
            Optional<NewerThan> newerThan) {
        this(Set.of(status), text, sha256, etag, headers, newerThan);
    }

    /** Nothing but a status. */
    public static Expectations ofStatus(int status) {
        return ofStatuses(Set.of(status));
    }

    private static Expectations ofStatuses(Set<Integer> statuses) {
        return new Expectations(
                statuses, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    }

    /** The same for a page whose whole body is known. */
    public Expectations withSha256(Optional<String> digest) {
        return digest.isPresent() ? new Expectations(statuses, text, digest, etag, headers, newerThan) : this;
    }

    /** What is expected of a page of which more is known; of one that is gone, only that. */
    Expectations of(Optional<KnownPage> known) {
        if (known.isEmpty()) {
            return this;
        }
        return known.get() instanceof KnownPage.Body body
                ? withSha256(Optional.of(body.sha256()))
                : ofStatuses(KnownPage.Gone.STATUSES);
    }

    boolean hasStatus(PageAnswer answer) {
        return statuses.contains(answer.status());
    }

    /** @param reference a digest that is needed beside those of the expectations */
    PageContentOptions content(Optional<BodyDigestAlgorithm> reference) {
        Set<BodyDigestAlgorithm> digests = EnumSet.noneOf(BodyDigestAlgorithm.class);
        sha256.ifPresent(digest -> digests.add(BodyDigestAlgorithm.SHA_256));
        reference.ifPresent(digests::add);
        return new PageContentOptions(text, digests, List.copyOf(headers.keySet()));
    }

    /** What is wrong with an answer, except that it does not prove when it was stored; empty if it is right. */
    List<String> faults(PageAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (!hasStatus(answer)) {
            faults.add("HTTP %d instead of %s".formatted(answer.status(), expectedStatus()));
        }
        if (text.isPresent() && !answer.hasText()) {
            faults.add(answer.truncated() ? "without the expected text in its first MiB" : "without the expected text");
        }
        sha256.filter(digest -> !digest.equals(answer.digests().get(BodyDigestAlgorithm.SHA_256)))
                .ifPresent(digest -> faults.add("SHA-256 %s instead of %s"
                        .formatted(shown(answer.digests().get(BodyDigestAlgorithm.SHA_256)), shown(digest))));
        boolean otherBody = !faults.isEmpty() && hasStatus(answer);
        answer.encoding()
                .filter(encoding -> otherBody)
                .ifPresent(encoding -> faults.add("Content-Encoding " + PrintableText.quote(encoding)));
        etag.flatMap(tag -> otherTag(tag, answer)).ifPresent(faults::add);
        headers.forEach((name, value) -> otherHeader(name, value, answer).ifPresent(faults::add));
        tooOld(answer).ifPresent(faults::add);
        return faults;
    }

    private String expectedStatus() {
        return statuses.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static String shown(String digest) {
        return digest.substring(0, SHOWN_DIGITS) + "…";
    }

    private static Optional<String> otherTag(String expected, PageAnswer answer) {
        if (answer.etag().isEmpty()) {
            return Optional.of("no ETag");
        }
        String actual = answer.etag().get();
        return opaque(actual).equals(opaque(expected))
                ? Optional.empty()
                : Optional.of(
                        "ETag %s instead of %s".formatted(PrintableText.quote(actual), PrintableText.quote(expected)));
    }

    private static String opaque(String tag) {
        String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        boolean quoted = strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"");
        return quoted ? strong.substring(1, strong.length() - 1) : strong;
    }

    private static Optional<String> otherHeader(String name, String expected, PageAnswer answer) {
        String actual = answer.headers().get(name);
        if (actual == null) {
            return Optional.of("no header %s".formatted(name));
        }
        return actual.trim().equals(expected.trim())
                ? Optional.empty()
                : Optional.of("%s '%s' instead of '%s'"
                        .formatted(name, PrintableText.quote(actual), PrintableText.quote(expected)));
    }

    private Optional<String> tooOld(PageAnswer answer) {
        return newerThan.flatMap(purge -> answer.correctedAge()
                .filter(age -> !purge.isBefore(answer.receivedAt().minus(age)))
                .map(age -> "stored before %s%s".formatted(purge.name(), contradiction(answer, age))));
    }

    /** An Age that is smaller than its Date allows is a lie, or one of the clocks is wrong. */
    private String contradiction(PageAnswer answer, Duration corrected) {
        boolean believed = answer.cache()
                .age()
                .filter(age -> corrected.minus(age).compareTo(NewerThan.SLACK) <= 0)
                .isPresent();
        return believed ? "" : " by its Date (%d s ago)".formatted(corrected.toSeconds());
    }

    /** Whether an answer leaves open when the copy was stored, although that matters. */
    boolean isUnproven(PageAnswer answer) {
        return newerThan.isPresent() && answer.cache().age().isEmpty();
    }
}
