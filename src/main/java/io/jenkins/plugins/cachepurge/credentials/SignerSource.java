package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.util.Optional;

/** Source of the authentication of an operation's requests. */
@FunctionalInterface
public interface SignerSource {

    /** The requests that are sent by the agent on which the build runs; empty if the controller sends all. */
    default Optional<AgentUse> agentUse() {
        return Optional.empty();
    }

    /** Authentication by credentials from a source. */
    SignerProvider signerFrom(CredentialsSource source);

    /** Authentication for a build, by credentials that its job may use. */
    default SignerProvider signerFor(Run<?, ?> run) {
        return signerFrom(CredentialsSource.of(run));
    }
}
