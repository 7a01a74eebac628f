package io.jenkins.plugins.cachepurge.forms;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import java.util.List;
import java.util.Optional;

/** Credentials that the builds of a form's job could use. */
record FormCredentials(JobForm form) implements CredentialsSource {

    @Override
    public <C extends IdCredentials> Optional<C> find(Class<C> type, String id, List<DomainRequirement> requirements) {
        return Optional.ofNullable(
                CredentialsMatchers.firstOrNull(all(type, requirements), CredentialsMatchers.withId(id)));
    }

    @Override
    public List<String> ids(Class<? extends IdCredentials> type) {
        return all(type, List.of()).stream()
                .map(IdCredentials::getId)
                .distinct()
                .toList();
    }

    private <C extends IdCredentials> List<C> all(Class<C> type, List<DomainRequirement> requirements) {
        return CredentialsProvider.lookupCredentialsInItem(type, form.item(), form.buildAuthentication(), requirements);
    }
}
