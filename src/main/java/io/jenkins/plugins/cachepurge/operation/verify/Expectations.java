package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.DigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.page.PageAnswer;
import io.jenkins.plugins.cachepurge.client.page.PageContent;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer must be like.
 *
 * @param status the HTTP status
 * @param text a text that the first MiB of the body contains
 * @param sha256 of the whole body, in lower-case hexadecimal digits
 * @param etag the entity tag; compared weakly (RFC 9110, 8.8.3.2), and the quotes may be left out
 * @param headers values by their names
 * @param newerThan when the copy was stored at the earliest
 */
public record Expectations(
        int status,
        Optional<String> text,
        Optional<String> sha256,
        Optional<String> etag,
        Map<String, String> headers,
        Optional<NewerThan> newerThan) {

    /** How much of a digest is in a message: enough to compare two, and nothing can be found out from it. */
    private static final int SHOWN_DIGITS = 8;

    public Expectations {
        headers = Map.copyOf(headers);
    }

    /** The same for a page whose whole body is known. */
    public Expectations withSha256(Optional<String> digest) {
        return digest.isPresent() ? new Expectations(status, text, digest, etag, headers, newerThan) : this;
    }

    /** @param reference a digest that is needed beside those of the expectations */
    PageContent content(Optional<DigestAlgorithm> reference) {
        Set<DigestAlgorithm> digests = EnumSet.noneOf(DigestAlgorithm.class);
        sha256.ifPresent(digest -> digests.add(DigestAlgorithm.SHA_256));
        reference.ifPresent(digests::add);
        return new PageContent(text, digests, List.copyOf(headers.keySet()));
    }

    /** What is wrong with an answer, except that it does not prove when it was stored; empty if it is right. */
    List<String> faults(PageAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() != status) {
            faults.add("HTTP %d instead of %d".formatted(answer.status(), status));
        }
        if (text.isPresent() && !answer.hasText()) {
            faults.add(answer.truncated() ? "without the expected text in its first MiB" : "without the expected text");
        }
        sha256.filter(digest -> !digest.equals(answer.digests().get(DigestAlgorithm.SHA_256)))
                .ifPresent(digest -> faults.add("SHA-256 %s instead of %s"
                        .formatted(shown(answer.digests().get(DigestAlgorithm.SHA_256)), shown(digest))));
        boolean otherBody = !faults.isEmpty() && answer.status() == status;
        answer.encoding()
                .filter(encoding -> otherBody)
                .ifPresent(encoding -> faults.add("Content-Encoding " + PrintableText.quote(encoding)));
        etag.flatMap(tag -> otherTag(tag, answer)).ifPresent(faults::add);
        headers.forEach((name, value) -> otherHeader(name, value, answer).ifPresent(faults::add));
        tooOld(answer).ifPresent(faults::add);
        return faults;
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
