package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Request of a VCL.
 *
 * @param words status lines that confirm it, without the protocol
 * @param count the same with numbers of purged objects in its groups; empty if there is none
 * @param soft whether those objects were marked as stale only
 */
record VarnishRequest(
        String method,
        Map<String, String> headers,
        Map<String, PurgeOutcome> words,
        Optional<Pattern> count,
        boolean soft) {

    /** The title of the page that Varnish makes up: HTTP/2 has no words behind the status. */
    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>");

    static VarnishRequest of(String method, Map<String, String> headers, Map<String, PurgeOutcome> words) {
        return new VarnishRequest(method, headers, words, Optional.empty(), false);
    }

    /** A request whose confirmation has numbers of objects. */
    static VarnishRequest counted(String method, Map<String, String> headers, String count, boolean soft) {
        return new VarnishRequest(method, headers, Map.of(), Optional.of(Pattern.compile(count)), soft);
    }

    /** The same with other confirmations as well. */
    VarnishRequest or(Map<String, PurgeOutcome> others) {
        return new VarnishRequest(method, headers, others, count, soft);
    }

    /** What a response confirms; empty if it confirms nothing. */
    Optional<PurgeOutcome> outcome(ApiResponse answer) {
        return lines(answer)
                .flatMap(line -> Optional.ofNullable(words.get(line)).or(() -> counted(line)).stream())
                .findFirst();
    }

    /** The status line, and the same in Varnish's own page. */
    private static Stream<String> lines(ApiResponse answer) {
        String status = answer.status() + " ";
        Matcher title = TITLE.matcher(answer.body());
        Stream<String> page =
                title.find() && title.group(1).startsWith(status) ? Stream.of(title.group(1)) : Stream.empty();
        return Stream.concat(Stream.of(status + answer.reason()), page);
    }

    private Optional<PurgeOutcome> counted(String line) {
        return count.map(pattern -> pattern.matcher(line))
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .map(found -> isNothing(found) ? PurgeOutcome.NOT_CACHED : purged());
    }

    private static boolean isNothing(MatchResult numbers) {
        return IntStream.rangeClosed(1, numbers.groupCount())
                .mapToObj(numbers::group)
                .allMatch(number -> number.matches("0+"));
    }

    private PurgeOutcome purged() {
        return soft ? PurgeOutcome.STALE : PurgeOutcome.PURGED;
    }
}
