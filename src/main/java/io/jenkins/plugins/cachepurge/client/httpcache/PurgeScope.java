package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import java.io.Serializable;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Pages that one request to a cache purges.
 *
 * @param host the host of the pages, as in a {@code Host} header; empty for the host of the cache's own URL
 * @param target path and query as in a request, encoded
 * @param match which pages of the host
 */
public record PurgeScope(String host, String target, Match match) implements Serializable {

    /** How pages are matched. */
    public enum Match {
        /** The one with that path and query. */
        EXACT,
        /** All whose path and query start so. */
        PREFIX,
        /** All pages of the cache, of any host. */
        ALL
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
                };
        return host.isEmpty() ? what : "%s of %s".formatted(what, host);
    }
}
