package io.jenkins.plugins.cachepurge.forms;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import io.jenkins.plugins.cachepurge.credentials.ListableCredentialsSource;
import java.util.List;

/** Credentials that the builds of a form's job could use. */
record FormCredentialsSource(JobForm form) implements ListableCredentialsSource {

    @Override
    public <C extends IdCredentials> List<C> all(Class<C> type, List<DomainRequirement> requirements) {
        return CredentialsProvider.lookupCredentialsInItem(type, form.item(), form.buildAuthentication(), requirements);
    }
}
