package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Looks up the credentials of a session for each exchange, and gets the access token that they may need. Safe for several
 * threads.
 */
final class Authenticator {

    /** Uses a signer. May block. */
    @FunctionalInterface
    interface SignerReceiver {
        void accept(Signer signer) throws Exception;
    }

    private final SharedDriverState<?> context;
    private final OperationSession<?> session;
    private final AsyncDriver.Dependencies dependencies;

    /** Parts whose access token was refused since the service accepted one. */
    private final Set<PartSession<?, ?>> renewed = ConcurrentHashMap.newKeySet();

    Authenticator(SharedDriverState<?> context) {
        this.context = context;
        this.session = context.session();
        this.dependencies = context.dependencies();
    }

    /**
     * Gets the signer for the exchange of a part. May block, and fetches an access token if none is valid.
     *
     * @param permit given back if there is no signer
     * @param receiver called at once, or later on the executor
     */
    void authenticate(PartSession<?, ?> part, ReservedPermit permit, SignerReceiver receiver) throws Exception {
        Optional<Authentication> found = lookUp(part);
        if (found.isEmpty()) {
            permit.giveBack();
        } else if (found.get() instanceof Signer signer) {
            receiver.accept(signer);
        } else {
            authenticate(
                    signers(part.account()),
                    found.get(),
                    outcome -> context.execute(() -> use(part, permit, outcome, receiver)));
        }
    }

    /**
     * Gets the signer for some credentials of the session. May block.
     *
     * @param account their name; empty for those of the whole operation
     * @param receiver must not block
     * @throws CredentialsException if they cannot be used
     */
    void authenticate(String account, Consumer<Outcome<Signer>> receiver) throws CredentialsException {
        SignerProvider signers = signers(account);
        authenticate(signers, signers.authentication(), receiver);
    }

    private void authenticate(SignerProvider signers, Authentication found, Consumer<Outcome<Signer>> receiver) {
        dependencies.tokens().authenticate(found, signers.credentialId(), receiver);
    }

    /** @param account name of credentials; empty for those of the whole operation */
    SignerProvider signers(String account) {
        return dependencies.signers().forAccount(account);
    }

    private void use(PartSession<?, ?> part, ReservedPermit permit, Outcome<Signer> outcome, SignerReceiver receiver)
            throws Exception {
        if (outcome instanceof Outcome.Success<Signer> success) {
            receiver.accept(success.value());
        } else if (outcome instanceof Outcome.Failure<Signer> failure) {
            permit.giveBack();
            notSent(part, failure.problem());
        }
    }

    private void notSent(PartSession<?, ?> part, ApiException why) throws Exception {
        synchronized (session) {
            if (context.isOver()) {
                return;
            }
            session.notSent(part, why);
        }
        context.advance();
    }

    /** Credentials that could be used before may be missing for a moment; if the first exchange lacks them, it fails. */
    private Optional<Authentication> lookUp(PartSession<?, ?> part) throws Exception {
        try {
            return Optional.of(signers(part.account()).authentication());
        } catch (CredentialsException e) {
            synchronized (session) {
                if (session.usedAccounts().contains(part.account())) {
                    session.retryLater(part, unavailable(e));
                } else if (session.usedAccounts().isEmpty()) {
                    throw e;
                } else {
                    session.notSent(part, unavailable(e));
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

    /**
     * Takes note of whether the service accepted the signer of an exchange. Never blocks.
     *
     * @return true if its access token was refused for the first time, so that the exchange is sent again with a new one
     */
    boolean mustRenew(PartSession<?, ?> part, Signer signer, Outcome<?> outcome) {
        boolean refused = outcome instanceof Outcome.Failure<?> failure
                && failure.problem().isTokenRefused()
                && dependencies.tokens().refuse(signer);
        if (!refused) {
            renewed.remove(part);
            return false;
        }
        return renewed.add(part);
    }
}
