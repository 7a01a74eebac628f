package io.jenkins.plugins.cachepurge.site;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.credentials.ListableCredentialsSource;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Credentials of the place where a site is defined. The job needs no right to them, since whoever defined the site has
 * decided who may use it; their use is tracked.
 *
 * @param run the build that uses them
 * @param folder full name of the folder that defines the site; empty for Jenkins
 */
record SiteCredentials(Run<?, ?> run, String folder) implements ListableCredentialsSource {

    @Override
    public <C extends IdCredentials> List<C> all(Class<C> type, List<DomainRequirement> requirements) {
        return place().map(where ->
                        CredentialsProvider.lookupCredentialsInItemGroup(type, where, ACL.SYSTEM2, requirements))
                .orElse(List.of());
    }

    /** Empty if the folder was deleted or moved while a build went on. */
    private Optional<ItemGroup<?>> place() {
        return folder.isEmpty()
                ? Optional.of(Jenkins.get())
                : Optional.ofNullable(Jenkins.get().getItemByFullName(folder))
                        .filter(ItemGroup.class::isInstance)
                        .map(item -> (ItemGroup<?>) item);
    }

    @Override
    public void recordUse(IdCredentials credentials) {
        CredentialsSource.of(run).recordUse(credentials);
    }
}
