package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.input.HeaderInput;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Checks of the parameters of a cache. Each throws an {@link InvalidInputException} that names the parameter. */
public final class CacheInput {

    private static final String HEADERS = "headers";
    private static final String ADDRESSES = "addresses";

    /** Stands for all addresses of a name. */
    private static final String ALL = "all";

    private static final String CREDENTIALS_HEADER = "credentialsHeader";

    /** Headers that the plugin makes up, besides those of the connection. */
    private static final Set<String> OWN = Set.of("content-encoding", "host", "proxy-connection");

    private static final String AUTHORIZATION = "authorization";

    private CacheInput() {}

    /**
     * Headers of requests.
     *
     * @param lines such as "X-Forwarded-Proto: https"
     */
    public static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            Map.Entry<String, String> header = HeaderInput.line(HEADERS, line == null ? "" : line);
            String name = HeaderInput.name(HEADERS, header.getKey());
            if (isOwn(name) || name.equalsIgnoreCase(AUTHORIZATION)) {
                throw new InvalidInputException(HEADERS, LocalizedText.of("caches.header.own", name));
            }
            if (headers.put(name, HeaderInput.value(HEADERS, header.getValue())) != null) {
                throw new InvalidInputException(HEADERS, LocalizedText.of("caches.header.twice", name));
            }
        }
        return headers;
    }

    /**
     * The header of a secret.
     *
     * @param headers those that are sent anyway
     */
    public static String credentialsHeader(String text, Map<String, String> headers) {
        String name = HeaderInput.name(CREDENTIALS_HEADER, text.trim());
        if (isOwn(name)) {
            throw new InvalidInputException(CREDENTIALS_HEADER, LocalizedText.of("caches.header.own", name));
        }
        if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw new InvalidInputException(CREDENTIALS_HEADER, LocalizedText.of("caches.header.twice", name));
        }
        return name;
    }

    /**
     * Addresses of instances.
     *
     * @param texts "all", or names and addresses that stand for the host of the only instance
     * @param isApproved whether requests may be sent to a URL
     */
    public static InstanceAddressOption addresses(
            List<String> texts, List<ApiUrl> instances, Predicate<ApiUrl> isApproved) {
        if (texts.isEmpty()) {
            return InstanceAddressOption.ANY;
        }
        instances.stream().filter(ApiUrl::isAtAddress).findFirst().ifPresent(url -> {
            throw new InvalidInputException(ADDRESSES, LocalizedText.of("caches.addresses.url", url.toString()));
        });
        if (texts.equals(List.of(ALL))) {
            return InstanceAddressOption.ALL;
        }
        if (instances.size() > 1) {
            throw new InvalidInputException(ADDRESSES, LocalizedText.of("caches.addresses.urls"));
        }
        return new InstanceAddressOption(
                false,
                texts.stream()
                        .map(text -> address(text, instances.get(0), isApproved))
                        .distinct()
                        .toList());
    }

    /**
     * Addresses of a cache whose URL is not known yet.
     *
     * @throws InvalidInputException naming one that is neither a host nor an address
     */
    public static List<String> addresses(List<String> texts) {
        texts.stream()
                .filter(text -> !text.equals(ALL) && !ApiUrl.isHost(text))
                .findFirst()
                .ifPresent(text -> {
                    throw noAddress(PrintableText.quote(text));
                });
        return texts;
    }

    private static InvalidInputException noAddress(String shown) {
        return new InvalidInputException(ADDRESSES, LocalizedText.of("caches.address", shown));
    }

    private static String address(String text, ApiUrl instance, Predicate<ApiUrl> isApproved) {
        String typed = new InputField(ADDRESSES, text).required();
        String shown = PrintableText.quote(typed);
        ApiUrl place = instance.withHost(typed).orElseThrow(() -> noAddress(shown));
        if (!isApproved.test(place)) {
            throw new InvalidInputException(
                    ADDRESSES, LocalizedText.of("url.unapproved", PrintableText.quote(place.toString())));
        }
        return typed;
    }

    private static boolean isOwn(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return HeaderInput.belongsToConnection(name)
                || OWN.contains(lowerCase)
                || HttpCacheClient.OWN_HEADERS.contains(lowerCase);
    }
}
