package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.util.Optional;

/**
 * Looks up what authenticates the exchanges of a session. Credentials that could be used before may be missing for a
 * moment; if the first exchange lacks them, it fails.
 */
record SignerLookup(DriverContext<?> context) {

    SignerProvider signers(PartSession<?, ?> part) {
        return context.dependencies().signers().forAccount(part.account());
    }

    /**
     * Looks up the signer of the next exchange of a part. May block.
     *
     * @return empty if it cannot be sent now, or the part has failed
     * @throws CredentialsException if the credentials of the whole operation cannot be used
     */
    Optional<Signer> find(PartSession<?, ?> part) throws Exception {
        try {
            return Optional.of(signers(part).signer());
        } catch (CredentialsException e) {
            synchronized (context.session()) {
                if (context.session().hasReceivedResponse(part)) {
                    context.session().retryLater(part, unavailable(e));
                } else if (part.account().isEmpty()) {
                    throw e;
                } else {
                    part.fail(unavailable(e));
                }
            }
            context.advance();
            return Optional.empty();
        }
    }

    private static ApiException unavailable(CredentialsException e) {
        return ApiException.failed("Jenkins", "look up credentials", "could not", "")
                .withMessage(e.getMessage());
    }
}
