package io.jenkins.plugins.cachepurge.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Addresses that come from services: nothing but a web page may be behind them. */
final class WebLinkCheck {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private WebLinkCheck() {}

    static boolean isSafe(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null
                    && SCHEMES.contains(Optional.ofNullable(uri.getScheme()).orElse(""));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
