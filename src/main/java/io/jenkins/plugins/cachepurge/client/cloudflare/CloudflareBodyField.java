package io.jenkins.plugins.cachepurge.client.cloudflare;

import io.jenkins.plugins.cachepurge.input.ValueText;
import java.util.List;

/** Selection of a purge request. */
public enum CloudflareBodyField {
    /** Whole URLs. */
    FILES("URL"),
    /** Words of the header {@code Cache-Tag}. */
    TAGS("tag"),
    /** Host names. */
    HOSTS("host"),
    /** Host and start of a path, such as {@code www.example.com/blog}. */
    PREFIXES("prefix", "prefixes");

    private final String one;
    private final String several;

    CloudflareBodyField(String one) {
        this(one, one + "s");
    }

    CloudflareBodyField(String one, String several) {
        this.one = one;
        this.several = several;
    }

    String count(List<String> values) {
        return ValueText.of(values, one);
    }
}
