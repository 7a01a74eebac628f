package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Dns;
import okhttp3.Headers;

/**
 * Lookup of all addresses of a host, as an exchange with the resolver: it has the retries, the deadline and the checkpoints
 * of any exchange. Nothing is sent to the host.
 */
public final class AddressLookup {

    /** Method of a request that asks the resolver; no server knows it. */
    static final String METHOD = "LOOKUP";

    private static final int OK = 200;

    private AddressLookup() {}

    /**
     * The lookup of the host of a URL.
     *
     * @param service that is there, for messages
     */
    public static ApiCall<List<String>> of(String service, ApiUrl url) {
        ApiRequest request = new ApiRequest(METHOD, url.resolve(), Map.of(), Optional.empty()).asReadOnly();
        return new ApiCall<>(
                service,
                "purge all addresses of %s".formatted(request.url().host()),
                request,
                (json, answer) -> addresses(json),
                (answer, json) -> ServiceError.of(answer.reason()),
                Idempotency.IDEMPOTENT);
    }

    private static List<String> addresses(JsonNode json) throws UnreadableResponseException {
        List<String> addresses = new ArrayList<>();
        json.forEach(address -> addresses.add(address.asText()));
        if (addresses.isEmpty()) {
            throw new UnreadableResponseException("it has no address");
        }
        return List.copyOf(addresses);
    }

    /** Asks a resolver, which blocks. */
    static ApiResponse resolve(ApiRequest request, Dns resolver, Instant now) throws UnknownHostException {
        ArrayNode addresses = JsonNodeFactory.instance.arrayNode();
        resolver.lookup(request.url().host()).stream()
                .map(InetAddress::getHostAddress)
                .distinct()
                .forEach(addresses::add);
        Headers headers = Headers.of("Content-Type", "application/json");
        return new ApiResponse(OK, headers, addresses.toString(), false, now);
    }
}
