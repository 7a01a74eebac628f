package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the body of a purge as Cloudflare would.
 *
 * @param domain of the zone
 * @param mostFiles how many URLs a request may name
 */
record CloudflareArguments(String domain, int mostFiles) {

    private static final String EVERYTHING = "purge_everything";
    private static final List<String> FIELDS = List.of(EVERYTHING, "files", "tags", "hosts", "prefixes");
    private static final Pattern TAG = Pattern.compile("[\\x21-\\x7e&&[^,]]{1,1024}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9*]([a-z0-9.-]*[a-z0-9])?");
    private static final int MOST_ITEMS = 100;
    private static final int MOST_SLASHES = 31;

    RecordedCloudflarePurge read(ObjectNode body, String zone, boolean soft, Instant now) {
        List<String> given = FIELDS.stream().filter(body::has).toList();
        if (given.isEmpty() || body.size() > given.size()) {
            throw refused(
                    1012,
                    "Request must contain one of \"purge_everything\", \"files\", \"tags\", \"hosts\" or \"prefixes\"");
        }
        if (given.size() > 1) {
            throw refused(
                    1092,
                    "Request cannot contain \"purge_everything\" and any of \"files\", \"tags\", \"hosts\" or \"prefixes\"");
        }
        String by = given.get(0);
        return new RecordedCloudflarePurge(
                zone, by, by.equals(EVERYTHING) ? everything(body) : items(by, body.get(by)), soft, now);
    }

    private static List<String> everything(ObjectNode body) {
        if (!body.path(EVERYTHING).asBoolean(false)) {
            throw refused(1012, "purge_everything must be true");
        }
        return List.of();
    }

    private List<String> items(String by, JsonNode list) {
        int most = by.equals("files") ? mostFiles : MOST_ITEMS;
        if (!list.isArray() || list.isEmpty() || list.size() > most) {
            throw refused(1094, "%s must have 1 to %d items".formatted(by, most));
        }
        Map<String, Consumer<String>> checks =
                Map.of("files", this::file, "tags", this::tag, "hosts", this::host, "prefixes", this::prefix);
        List<String> items = new ArrayList<>();
        for (JsonNode item : list) {
            String text = by.equals("files") ? url(item) : item.textValue();
            if (text == null) {
                throw refused(1093, by + " must be texts");
            }
            checks.get(by).accept(text);
            items.add(text);
        }
        return items;
    }

    /** An URL may come with the headers that the cache's key holds. */
    private static String url(JsonNode file) {
        return file.isObject() ? file.path("url").textValue() : file.textValue();
    }

    private void file(String url) {
        if (!url.matches("https?://.*") || !ofZone(URI.create(url).getHost())) {
            throw refused(1016, "Unable to purge " + url + ", which is no URL of this zone");
        }
    }

    private void tag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw refused(1106, "Unable to purge by an invalid tag");
        }
    }

    private void host(String host) {
        if (!HOST.matcher(host).matches() || !ofZone(host)) {
            throw refused(1117, "Unable to purge " + host + ", which is no host of this zone");
        }
    }

    private void prefix(String prefix) {
        boolean tooDeep = prefix.chars().filter(c -> c == '/').count() > MOST_SLASHES;
        if (prefix.contains("://") || prefix.contains("?") || prefix.contains("#") || tooDeep) {
            throw refused(1120, "Unable to purge by an invalid prefix");
        }
        host(prefix.split("/", 2)[0]);
    }

    private boolean ofZone(String host) {
        return host != null && (host.equals(domain) || host.endsWith("." + domain));
    }

    private static ErrorResponseException refused(int code, String message) {
        return new ErrorResponseException(CloudflareSimulator.error(400, code, message));
    }
}
