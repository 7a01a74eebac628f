package io.jenkins.plugins.cachepurge.simulator;

import java.util.List;
import java.util.Optional;

/** Who may use a Feldera instance: whoever has the key, or everybody if there is none. Not thread safe. */
final class FelderaAccess {

    private static final String KEY_PREFIX = "apikey:";
    private static final String SCHEME = "Bearer ";

    private final Optional<String> apiKey;
    private boolean readOnly;

    FelderaAccess(Optional<String> apiKey) {
        if (apiKey.filter(key -> !key.startsWith(KEY_PREFIX)).isPresent()) {
            throw new IllegalArgumentException("an API key starts with " + KEY_PREFIX);
        }
        this.apiKey = apiKey;
    }

    void restrictToReading() {
        readOnly = true;
    }

    /** What is answered to a request that must not get in. */
    Optional<SimResponse> refusal(SimRequest request) {
        if (apiKey.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> token = request.header("Authorization")
                .filter(value -> value.startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()));
        if (token.isEmpty()) {
            return Optional.of(FelderaErrorResponses.noBearer(List.of()));
        }
        if (!token.get().startsWith(KEY_PREFIX)) {
            // A JWT would be another way in; none is accepted here.
            String problem = "error_description=\"Malformed JWT: missing iss claim\"";
            return Optional.of(FelderaErrorResponses.noBearer(List.of(problem)));
        }
        if (!token.equals(apiKey)) {
            return Optional.of(FelderaErrorResponses.unknownKey());
        }
        boolean forbidden = readOnly && !request.method().equals("GET");
        return forbidden ? Optional.of(FelderaErrorResponses.insufficientPermissions()) : Optional.empty();
    }
}
