package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope.Match;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests of a VCL, and the responses that confirm them.
 *
 * <p>A VCL whose {@code ban()} could not be parsed responds as if it had banned something. So nothing is sent that could
 * break the expression: values have no blanks, and what has a meaning in regular expressions is quoted.
 *
 * @see <a href="https://varnish-cache.org/docs/7.1/reference/vcl.html">Varnish: ban expressions</a>
 */
public enum VarnishDialect {
    /** The VCL of {@code docs/cdns/varnish.md}. */
    DOCUMENTED("", "", EnumSet.allOf(Match.class), EnumSet.of(Match.EXACT, Match.TAGS)) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            Map<String, String> headers = new LinkedHashMap<>();
            if (soft) {
                headers.put("X-Purge", "soft");
            }
            return switch (pages.match()) {
                case EXACT -> VarnishRequest.of("PURGE", headers, soft ? SOFT : PAGE);
                case PREFIX ->
                    VarnishRequest.of("BAN", Map.of(), Map.of("200 Prefix banned", PurgeOutcome.PURGED_OR_NOT_CACHED));
                case ALL ->
                    VarnishRequest.of(
                            "BAN",
                            Map.of("X-Ban", "everything"),
                            Map.of("200 Everything banned", PurgeOutcome.PURGED_OR_NOT_CACHED));
                case TAGS -> {
                    headers.put("X-Purge-Tags", header(pages.tags()));
                    yield soft
                            ? VarnishRequest.counted("PURGE", headers, "200 (\\d+) objects? marked as stale", true)
                            : VarnishRequest.counted("PURGE", headers, "200 (\\d+) objects? purged", false)
                                    .or(Map.of("200 Tags banned", PurgeOutcome.PURGED_OR_NOT_CACHED));
                }
            };
        }
    },
    /** That of FOSHttpCache, with bans for tags. */
    FOS_HTTP_CACHE("fosHttpCache", "FOSHttpCache", EnumSet.allOf(Match.class), Set.of()) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            return switch (pages.match()) {
                case EXACT -> VarnishRequest.of("PURGE", Map.of(), USUAL);
                case PREFIX -> ban("^%s$".formatted(quoted(host)), "^" + quoted(pages.target()), Map.of());
                case ALL -> ban(ANY, ANY, Map.of());
                case TAGS -> ban(ANY, ANY, Map.of("X-Cache-Tags", header(pages.tags())));
            };
        }

        /** All three headers are in the expression of its VCL, so none may be missing. */
        private VarnishRequest ban(String host, String url, Map<String, String> more) {
            Map<String, String> headers = new LinkedHashMap<>(more);
            headers.put("X-Host", host);
            headers.put("X-Url", url);
            headers.put("X-Content-Type", ANY);
            return VarnishRequest.of("BAN", headers, Map.of("200 Banned", PurgeOutcome.PURGED_OR_NOT_CACHED));
        }

        @Override
        String header(List<String> tags) {
            return "(^|,)(%s)(,|$)".formatted(alternatives(tags));
        }
    },
    /** That of FOSHttpCache, with the module xkey for tags. */
    FOS_XKEY("fosXkey", "FOSHttpCache, xkey", EnumSet.allOf(Match.class), EnumSet.of(Match.TAGS)) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            return pages.match() == Match.TAGS
                    ? VarnishRequest.counted(
                            "PURGEKEYS",
                            Map.of(soft ? "xkey-softpurge" : "xkey-purge", header(pages.tags())),
                            "200 Purged (\\d+) objects, expired (\\d+) objects",
                            soft)
                    : FOS_HTTP_CACHE.request(pages, host, soft);
        }
    },
    /** That of Drupal sites with the module Purge, whose header has one of three names. */
    DRUPAL("drupal", "Drupal", EnumSet.of(Match.EXACT, Match.TAGS), Set.of()) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            String tags = header(pages.tags());
            return pages.match() == Match.TAGS
                    ? VarnishRequest.of(
                            "BAN",
                            Map.of("Cache-Tags", tags, "Purge-Cache-Tags", tags, "X-Cache-Tags", tags),
                            BAN_ADDED)
                    : VarnishRequest.of("URIBAN", Map.of(), BAN_ADDED);
        }

        /** Its VCL matches any part of the stored header: without its ends {@code node:1} would be {@code node:10}, too. */
        @Override
        String header(List<String> tags) {
            return "(^|[\\s,])(%s)($|[\\s,])".formatted(alternatives(tags));
        }

        @Override
        Optional<Refusal> refusal(Match match) {
            return Optional.of(new Refusal("BAN", Set.of(400, 403))).filter(probe -> match == Match.TAGS);
        }
    },
    /** That of Magento 2 and Adobe Commerce. */
    MAGENTO("magento", "Magento", EnumSet.of(Match.ALL, Match.TAGS), Set.of()) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            String pattern = pages.match() == Match.ALL ? ANY : header(pages.tags());
            return VarnishRequest.of("PURGE", Map.of("X-Magento-Tags-Pattern", pattern), USUAL);
        }

        @Override
        String header(List<String> tags) {
            return tags.stream()
                    .map(tag -> "((^|,)%s(,|$))".formatted(quoted(tag)))
                    .collect(Collectors.joining("|"));
        }

        @Override
        Optional<Refusal> refusal(Match match) {
            return Optional.of(new Refusal("PURGE", Set.of(400)));
        }
    },
    /** That of Shopware 6, with the module xkey. */
    SHOPWARE("shopware", "Shopware", EnumSet.of(Match.EXACT, Match.ALL, Match.TAGS), Set.of()) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            return switch (pages.match()) {
                case TAGS ->
                    VarnishRequest.counted(
                            "PURGE", Map.of("xkey", header(pages.tags())), "200 Invalidated (\\d+) objects", false);
                case ALL ->
                    VarnishRequest.of(
                            "BAN",
                            Map.of(),
                            Map.of("200 BAN URLs containing (/) done.", PurgeOutcome.PURGED_OR_NOT_CACHED));
                default -> VarnishRequest.of("PURGE", Map.of(), USUAL);
            };
        }
    },
    /** That of API Platform. */
    API_PLATFORM("apiPlatform", "API Platform", EnumSet.of(Match.TAGS), Set.of()) {
        @Override
        VarnishRequest request(PurgeScope pages, String host, boolean soft) {
            return VarnishRequest.of("BAN", Map.of("ApiPlatform-Ban-Regex", header(pages.tags())), BAN_ADDED);
        }

        @Override
        String header(List<String> tags) {
            return "(^|,)(%s)($|,)".formatted(alternatives(tags));
        }

        @Override
        Optional<Refusal> refusal(Match match) {
            return Optional.of(new Refusal("BAN", Set.of(400)));
        }
    };

    /** Length of a header that all of them accept, as in FOSHttpCache. Varnish itself accepts 8 KiB (http_req_hdr_len). */
    public static final int MAX_HEADER_LENGTH = 7_500;

    private static final String ANY = ".*";
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_/:-]");

    private static final Map<String, PurgeOutcome> PAGE = Map.of(
            "200 Page purged", PurgeOutcome.PURGED,
            "200 Purged", PurgeOutcome.PURGED_OR_NOT_CACHED,
            "404 Page not cached", PurgeOutcome.NOT_CACHED);

    private static final Map<String, PurgeOutcome> SOFT =
            Map.of("200 Page marked as stale", PurgeOutcome.STALE, "404 Page not cached", PurgeOutcome.NOT_CACHED);

    /** Varnish' own response to {@code return (purge)}. */
    private static final Map<String, PurgeOutcome> USUAL = Map.of("200 Purged", PurgeOutcome.PURGED_OR_NOT_CACHED);

    private static final Map<String, PurgeOutcome> BAN_ADDED = Map.of(
            "200 Ban added", PurgeOutcome.PURGED_OR_NOT_CACHED,
            "200 Ban added.", PurgeOutcome.PURGED_OR_NOT_CACHED);

    private final String symbol;
    private final String displayName;
    private final Set<Match> supported;
    private final Set<Match> soft;

    VarnishDialect(String symbol, String displayName, Set<Match> supported, Set<Match> soft) {
        this.symbol = symbol;
        this.displayName = displayName;
        this.supported = supported;
        this.soft = soft;
    }

    /**
     * How a VCL refuses a request that lacks its header. Others would respond to the complete request as if they had done
     * what it says.
     *
     * @param method of both requests
     */
    public record Refusal(String method, Set<Integer> statuses) implements Serializable {}

    /** Its name in a Jenkinsfile; empty for the documented VCL. */
    public String symbol() {
        return symbol;
    }

    /** The name of the project. */
    public String displayName() {
        return displayName;
    }

    /** Whether it can purge so. */
    public boolean supports(Match match) {
        return supported.contains(match);
    }

    /** Whether it can mark as stale so. */
    public boolean supportsSoft(Match match) {
        return soft.contains(match);
    }

    /**
     * The dialect of a name.
     *
     * @throws InvalidInputException if there is none
     */
    public static VarnishDialect of(String text) {
        String typed = new InputField("dialect", text).required();
        return named().filter(each -> each.symbol.equals(typed))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "dialect",
                        LocalizedText.of(
                                "caches.dialect",
                                named().map(VarnishDialect::symbol).collect(Collectors.joining(", ")),
                                PrintableText.quote(typed))));
    }

    /** Those that have a name. */
    public static Stream<VarnishDialect> named() {
        return Stream.of(values()).filter(each -> each != DOCUMENTED);
    }

    /**
     * The request for pages.
     *
     * @param host of the pages
     */
    abstract VarnishRequest request(PurgeScope pages, String host, boolean soft);

    /** The refusal that shows that a VCL is of this dialect, if its confirmations do not show it. */
    Optional<Refusal> refusal(Match match) {
        return Optional.empty();
    }

    /** Value of the header with tags. */
    String header(List<String> tags) {
        return String.join(" ", tags);
    }

    /** Whether a request with these tags is short enough. */
    public boolean fits(List<String> tags) {
        return header(tags).length() <= MAX_HEADER_LENGTH && (this != SHOPWARE || tags.size() <= SHOPWARE_TAGS);
    }

    /** As many as Shopware itself sends in one request. */
    private static final int SHOPWARE_TAGS = 50;

    private static String alternatives(List<String> tags) {
        return tags.stream().map(VarnishDialect::quoted).collect(Collectors.joining("|"));
    }

    /** A text as a regular expression that matches nothing else. */
    private static String quoted(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
