package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Run;
import java.util.List;
import java.util.Optional;

/** Where credentials are looked for, and on whose behalf. */
public interface CredentialsSource {

    /** @return empty where there are none of that id and type, or none that may be used for what is required */
    <C extends IdCredentials> Optional<C> find(Class<C> type, String id, List<DomainRequirement> requirements);

    /** Called when credentials are about to be used. */
    default void recordUse(IdCredentials credentials) {}

    /** What a build may use; that it does is recorded. */
    static CredentialsSource of(Run<?, ?> run) {
        return new BuildCredentials(run);
    }

    /** A build looks where its job, and whoever started it, may. */
    record BuildCredentials(Run<?, ?> run) implements CredentialsSource {
        @Override
        public <C extends IdCredentials> Optional<C> find(
                Class<C> type, String id, List<DomainRequirement> requirements) {
            return Optional.ofNullable(CredentialsProvider.findCredentialById(id, type, run, requirements));
        }

        @Override
        public void recordUse(IdCredentials credentials) {
            CredentialsUsage.get().record(run, credentials);
        }
    }
}
