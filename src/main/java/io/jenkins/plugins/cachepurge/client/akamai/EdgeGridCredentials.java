package io.jenkins.plugins.cachepurge.client.akamai;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.regex.Pattern;

/**
 * API client of Akamai: the host that it may use, and its three secrets. Never stored in a field, never serialized.
 *
 * @param url scheme and host, such as {@code https://akab-xxxx.luna.akamaiapis.net}
 * @param clientToken names the API client
 * @param clientSecret key of the signatures; never sent
 * @param accessToken names what the API client may access
 */
public record EdgeGridCredentials(ApiUrl url, String clientToken, String clientSecret, String accessToken) {

    private static final Pattern TOKEN = Pattern.compile("[!-~&&[^;]]+");
    private static final Pattern SECRET = Pattern.compile("[!-~]+");
    private static final String SCHEME_END = "://";

    /** @throws IllegalArgumentException if a value cannot be one that Akamai gives out; does not quote it */
    public EdgeGridCredentials {
        if (!url.hasNoPath()) {
            throw new IllegalArgumentException("its host must not have a path");
        }
        clientToken = checked("client_token", clientToken, TOKEN);
        clientSecret = checked("client_secret", clientSecret, SECRET);
        accessToken = checked("access_token", accessToken, TOKEN);
    }

    /**
     * Credentials as Akamai writes them.
     *
     * @param host a host name; with a scheme or a slash at the end, too, since both are common in files
     * @throws IllegalArgumentException if a value cannot be one that Akamai gives out; quotes only the host
     */
    public static EdgeGridCredentials of(String host, String clientToken, String clientSecret, String accessToken) {
        return new EdgeGridCredentials(url(host), clientToken, clientSecret, accessToken);
    }

    /** Whether a text can be the host of such credentials. */
    public static boolean isHost(String host) {
        try {
            return url(host).hasNoPath();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ApiUrl url(String host) {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("host is missing");
        }
        String text = host.trim();
        try {
            return ApiUrl.of(text.contains(SCHEME_END) ? text : "https" + SCHEME_END + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its host is not the name of a host", e);
        }
    }

    private static String checked(String name, String value, Pattern pattern) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        String trimmed = value.trim();
        if (!pattern.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(name + " holds a character that none of Akamai's has");
        }
        return trimmed;
    }

    /** Contains the host only. */
    @Override
    public String toString() {
        return "EdgeGridCredentials[" + url + "]";
    }
}
