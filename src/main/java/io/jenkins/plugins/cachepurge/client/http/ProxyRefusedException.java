package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Refusal of Jenkins' proxy to pass a request on, or to open a tunnel for it. */
final class ProxyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String SETTINGS = "Manage Jenkins » System » HTTP Proxy Configuration";

    private static final Pattern TUNNEL_STATUS =
            Pattern.compile("Unexpected response code for CONNECT: ([1-9][0-9]{2})");

    private static final Pattern SCHEME = Pattern.compile("^\\s*([A-Za-z0-9-]{1,30})");

    private final int status;
    private final List<String> schemes;

    private ProxyRefusedException(int status, List<String> schemes) {
        super("HTTP " + status);
        this.status = status;
        this.schemes = List.copyOf(schemes);
    }

    /** @param response a 407 */
    static ProxyRefusedException of(Response response) {
        List<String> schemes = response.headers("Proxy-Authenticate").stream()
                .map(SCHEME::matcher)
                .filter(Matcher::find)
                .map(scheme -> scheme.group(1))
                .distinct()
                .toList();
        return new ProxyRefusedException(response.code(), schemes);
    }

    /** The refusal in a failure to connect: OkHttp has other statuses than 407 in its message only (ConnectPlan). */
    static Optional<ProxyRefusedException> in(IOException problem) {
        if (problem instanceof ProxyRefusedException refused) {
            return Optional.of(refused);
        }
        Matcher status = TUNNEL_STATUS.matcher(String.valueOf(problem.getMessage()));
        return status.matches()
                ? Optional.of(new ProxyRefusedException(Integer.parseInt(status.group(1)), List.of()))
                : Optional.empty();
    }

    /** The proxy's HTTP status. */
    int status() {
        return status;
    }

    /** Advice, in whole sentences. */
    String advice() {
        return switch (status) {
            case 407 ->
                offersOnlyOtherSchemes()
                        ? "The proxy asks for %s, and only Basic is supported.".formatted(String.join(", ", schemes))
                        : "Check the proxy's user name and password in " + SETTINGS + ".";
            case 403 ->
                "Let the proxy pass requests to this host, or add the host to No Proxy Host in " + SETTINGS + ".";
            default ->
                "Check that the proxy can reach this host, or add the host to No Proxy Host in " + SETTINGS + ".";
        };
    }

    private boolean offersOnlyOtherSchemes() {
        return !schemes.isEmpty() && schemes.stream().noneMatch("Basic"::equalsIgnoreCase);
    }
}
