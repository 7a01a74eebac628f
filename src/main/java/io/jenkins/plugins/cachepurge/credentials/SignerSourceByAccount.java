package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Authentication of an operation some of whose requests have credentials of their own.
 *
 * @param whole of all other requests
 * @param account name of the credentials, as in {@code Operation.account}
 * @param own of the requests of that account
 */
public record SignerSourceByAccount(SignerSource whole, String account, SignerSource own) implements SignerSource {

    @Override
    public Optional<AgentUse> agentUse() {
        return AgentUse.of(Stream.of(whole.agentUse(), own.agentUse()));
    }

    @Override
    public SignerProvider signerFrom(CredentialsSource source) {
        return new Chosen(whole.signerFrom(source), account, own.signerFrom(source));
    }

    @Override
    public SignerProvider signerFor(Run<?, ?> run) {
        return new Chosen(whole.signerFor(run), account, own.signerFor(run));
    }

    private record Chosen(SignerProvider whole, String account, SignerProvider own) implements SignerProvider {

        @Override
        public Authentication authentication() throws CredentialsException {
            return whole.authentication();
        }

        @Override
        public void check() throws CredentialsException {
            whole.check();
            own.check();
        }

        @Override
        public String credentialId() {
            return whole.credentialId();
        }

        @Override
        public SignerProvider forAccount(String name) {
            if (name.equals(account)) {
                return own;
            }
            return name.isEmpty() ? this : whole.forAccount(name);
        }
    }
}
