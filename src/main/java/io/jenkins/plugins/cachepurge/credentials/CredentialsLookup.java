package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import io.jenkins.plugins.cachepurge.operation.Input;
import java.util.List;

/**
 * Finds what a build may use, and says what is wrong where it may not.
 *
 * @param wanted the type the service needs
 * @param typeName what the type is called in Jenkins' pages, with its article
 */
record CredentialsLookup<C extends StandardCredentials>(Class<C> wanted, String typeName) {

    C find(String credentialsId, Run<?, ?> run, ApiUrl url, boolean track) throws CredentialsException {
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri(url.toString()).build();
        C found = CredentialsProvider.findCredentialById(credentialsId, wanted, run, requirements);
        if (found == null) {
            throw new CredentialsException(missing(credentialsId, run, url));
        }
        if (track) {
            CredentialsProvider.track(run, found);
        }
        return found;
    }

    private String missing(String credentialsId, Run<?, ?> run, ApiUrl url) {
        String id = Input.shown(credentialsId);
        IdCredentials other =
                CredentialsProvider.findCredentialById(credentialsId, IdCredentials.class, run, List.of());
        if (other == null) {
            return "credentialsId: there are no credentials '%s' that this job can use; create %s with that id in the job's folder or in Jenkins"
                    .formatted(id, typeName);
        }
        if (!wanted.isInstance(other)) {
            return "credentialsId: '%s' is of the type %s, but %s is needed"
                    .formatted(id, other.getDescriptor().getDisplayName(), typeName);
        }
        return "credentialsId: '%s' belongs to a domain that does not include %s".formatted(id, url);
    }
}
