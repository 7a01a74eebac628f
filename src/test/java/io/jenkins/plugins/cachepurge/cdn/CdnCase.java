package io.jenkins.plugins.cachepurge.cdn;

import com.cloudbees.plugins.credentials.Credentials;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One CDN for {@link CdnContractTest}, which tests what all of them have in common.
 *
 * @param symbol in a Jenkinsfile
 * @param service its simulator, which takes no time for a purge
 * @param credentials with the id {@code secret}, by the URL of the API; empty for a CDN that is tried without
 * @param secret what of it must not be seen
 * @param parameters of the provider in a Jenkinsfile, without {@code apiUrl}; {@code URL} stands for that of the API
 * @param address the parameter that says where its API is, mostly {@code apiUrl}; empty if the credentials do
 * @param root the path of its API, as {@code /v4}; mostly empty
 * @param chosen for each kind that it supports two values, as elements of a list in a Jenkinsfile; none for everything
 */
public record CdnCase(
        String symbol,
        SimService service,
        Function<String, Optional<Credentials>> credentials,
        String secret,
        String parameters,
        String address,
        String root,
        Map<SelectionType, List<String>> chosen) {

    /** The provider in a Jenkinsfile. */
    String at(String url) {
        return address.isEmpty()
                ? "%s(%s)".formatted(symbol, parameters)
                : "%s(%s, %s: '%s%s')".formatted(symbol, parameters.replace("URL", url), address, url, root);
    }

    /** The same with its API below a path. */
    CdnCase below(String root) {
        return new CdnCase(symbol, service, credentials, secret, parameters, address, root, chosen);
    }

    /** How to choose what is to be purged. */
    String chosen(SelectionType kind) {
        return kind == SelectionType.ALL
                ? "all: true"
                : "%s: ['%s']".formatted(kind.parameter(), String.join("', '", chosen.get(kind)));
    }

    @Override
    public String toString() {
        return symbol;
    }
}
