package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.List;
import java.util.Optional;

/** Source of credentials, with the permissions of a build or a user. */
public interface CredentialsSource {

    /** @return empty if there are none of that id and type, or none that may be used for the requirements */
    <C extends IdCredentials> Optional<C> find(Class<C> type, String id, List<DomainRequirement> requirements);

    /** Ids of the credentials of that type that may be used, for a message. */
    List<String> ids(Class<? extends IdCredentials> type);

    /** Called when credentials are about to be used. */
    default void recordUse(IdCredentials credentials) {}

    /** Credentials that a build may use; their use is tracked. */
    static CredentialsSource of(Run<?, ?> run) {
        return new BuildCredentials(run);
    }

    /** Credentials of the job of a build, and of the user who started it. */
    record BuildCredentials(Run<?, ?> run) implements CredentialsSource {
        @Override
        public <C extends IdCredentials> Optional<C> find(
                Class<C> type, String id, List<DomainRequirement> requirements) {
            return Optional.ofNullable(CredentialsProvider.findCredentialById(id, type, run, requirements));
        }

        @Override
        public List<String> ids(Class<? extends IdCredentials> type) {
            return CredentialsProvider.lookupCredentialsInItem(type, run.getParent(), ACL.SYSTEM2, List.of()).stream()
                    .map(IdCredentials::getId)
                    .filter(id -> find(type, id, List.of()).isPresent())
                    .distinct()
                    .toList();
        }

        @Override
        public void recordUse(IdCredentials credentials) {
            CredentialsUsage.get().record(run, credentials);
        }
    }
}
