package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Pages that one request to a cache purges.
 *
 * @param host the host of the pages, as in a {@code Host} header; empty for the host of the cache's own URL
 * @param target path and query as in a request, encoded
 * @param match which pages of the host
 * @param tags those of the pages; empty for other matches
 */
public record PurgeScope(String host, String target, Match match, List<String> tags) implements Serializable {

    /** Pages by their path. */
    public PurgeScope(String host, String target, Match match) {
        this(host, target, match, List.of());
    }

    /** Pages with one of these tags. */
    public static PurgeScope tagged(String host, List<String> tags) {
        return new PurgeScope(host, "/", Match.TAGS, List.copyOf(tags));
    }

    /** How pages are matched. */
    public enum Match {
        /** The one with that path and query. */
        EXACT,
        /** All whose path and query start so. */
        PREFIX,
        /** All pages of the cache, of any host. */
        ALL,
        /** Those with one of some tags, of any host. */
        TAGS
    }

    /** Everything that a cache holds. */
    public static PurgeScope everything() {
        return new PurgeScope("", "/", Match.ALL);
    }

    /** URL of the request at a cache. The host of the pages is sent in a header and never resolved. */
    HttpUrl at(ApiUrl cache, String suffix) {
        return PageUrl.behind(cache.toString(), target + suffix);
    }

    Map<String, String> hostHeader() {
        return host.isEmpty() ? Map.of() : Map.of("Host", host);
    }

    /** Text for messages, such as "/index.html of www.example.org". */
    @Override
    public String toString() {
        String what =
                switch (match) {
                    case EXACT -> target;
                    case PREFIX -> "all that starts with " + target;
                    case ALL -> "everything";
                    case TAGS -> ValueText.of(tags, "tag");
                };
        return host.isEmpty() || match == Match.TAGS ? what : "%s of %s".formatted(what, host);
    }
}
