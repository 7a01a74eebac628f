package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.Headers;

/**
 * Lookup of all addresses of a host, as an exchange with the resolver: it has the retries, the deadline and the checkpoints
 * of any exchange. Nothing is sent to the host.
 */
public final class AddressLookupCall {

    /** Method of a request that asks the resolver; no server knows it. */
    public static final String METHOD = "LOOKUP";

    private static final int OK = 200;

    private AddressLookupCall() {}

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
                new AddressReader(),
                (answer, json) -> ServiceError.of(answer.reason()),
                Idempotency.IDEMPOTENT);
    }

    /** Reads one address per line; an agent may send anything. */
    private record AddressReader() implements ResponseReader<List<String>> {

        @Override
        public BodyFormat format() {
            return BodyFormat.TEXT;
        }

        @Override
        public List<String> read(JsonNode none, ApiResponse answer) throws UnreadableResponseException {
            List<String> addresses = answer.body().lines().toList();
            if (addresses.isEmpty() || !addresses.stream().allMatch(CheckedDns::isLiteral)) {
                throw new UnreadableResponseException("it is not a list of addresses");
            }
            return addresses;
        }
    }

    /** Asks a resolver, which blocks. */
    static ApiResponse resolve(ApiRequest request, Dns resolver, Instant now) throws UnknownHostException {
        String lines = resolver.lookup(request.url().host()).stream()
                .map(InetAddress::getHostAddress)
                .distinct()
                .collect(Collectors.joining("\n"));
        return new ApiResponse(OK, Headers.EMPTY, lines, false, now);
    }
}
