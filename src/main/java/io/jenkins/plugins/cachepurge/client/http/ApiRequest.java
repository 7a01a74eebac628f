package io.jenkins.plugins.cachepurge.client.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * Request without the headers that authenticate it. Those are added only for the exchange, so that a request can be
 * stored and logged.
 *
 * @param method an HTTP method in upper case
 * @param url must not contain a secret
 * @param headers further headers, without authentication
 * @param body empty for none
 * @param readOnly true if the request cannot change anything at the service
 * @param direct true if it must not go through a proxy over plain http: a proxy has to replace the Host header by that
 *     of the URL (RFC 9112, 3.2.2), and may respond to methods such as PURGE itself. Over https a proxy cannot see the
 *     request.
 * @param addresses those that it may be sent to; empty for any
 */
public record ApiRequest(
        String method,
        HttpUrl url,
        Map<String, String> headers,
        Optional<ApiBody> body,
        boolean readOnly,
        boolean direct,
        Optional<AddressRule> addresses) {

    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    public ApiRequest(String method, HttpUrl url, Map<String, String> headers, Optional<ApiBody> body) {
        this(method, url, headers, body, method.equals("GET"), false, Optional.empty());
    }

    public static ApiRequest get(HttpUrl url) {
        return new ApiRequest("GET", url, Map.of(), Optional.empty());
    }

    /** A GET that changes something, for a service that accepts no other method. */
    public static ApiRequest mutatingGet(HttpUrl url) {
        return new ApiRequest("GET", url, Map.of(), Optional.empty(), false, false, Optional.empty());
    }

    /** A POST without a body. */
    public static ApiRequest post(HttpUrl url) {
        return new ApiRequest("POST", url, Map.of(), Optional.empty());
    }

    /** @param body written as JSON with the names of its record components */
    public static ApiRequest post(HttpUrl url, Record body) {
        return post(url, ApiBody.json(body));
    }

    /** A POST with any body. */
    public static ApiRequest post(HttpUrl url, ApiBody body) {
        return new ApiRequest("POST", url, Map.of(), Optional.of(body));
    }

    /** @param body written as JSON with the names of its record components */
    public static ApiRequest patch(HttpUrl url, Record body) {
        return new ApiRequest("PATCH", url, Map.of(), Optional.of(ApiBody.json(body)));
    }

    /** @param body written as JSON with the names of its record components */
    public static ApiRequest delete(HttpUrl url, Record body) {
        return new ApiRequest("DELETE", url, Map.of(), Optional.of(ApiBody.json(body)));
    }

    /** The same with headers that hold no secret. */
    public ApiRequest withHeaders(Map<String, String> headers) {
        return new ApiRequest(method, url, headers, body, readOnly, direct, addresses);
    }

    /** The same with more headers, which replace those of the same name. */
    public ApiRequest withMoreHeaders(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(more);
        return withHeaders(all);
    }

    /** The same as a request that cannot change anything at the service, such as a POST that only reads. */
    public ApiRequest asReadOnly() {
        return new ApiRequest(method, url, headers, body, true, direct, addresses);
    }

    /** Whether the resolver is asked, and nothing is sent. */
    boolean isLookup() {
        return method.equals(AddressLookupCall.METHOD);
    }

    /** The body as text; empty for none. */
    public Optional<String> bodyText() {
        return body.map(ApiBody::text);
    }

    /** The same request at another URL. */
    ApiRequest withUrl(HttpUrl url) {
        return new ApiRequest(method, url, headers, body, readOnly, direct, addresses);
    }

    /** The same request, sent through no proxy over plain http. */
    public ApiRequest asDirect() {
        return new ApiRequest(method, url, headers, body, readOnly, true, addresses);
    }

    /** The same request, sent only to addresses that a rule allows. */
    public ApiRequest withAddresses(AddressRule rule) {
        return new ApiRequest(method, url, headers, body, readOnly, direct, Optional.of(rule));
    }
}
