package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;

/**
 * Lookup of credentials of one type, with messages for those that cannot be used.
 *
 * @param wanted the required type
 * @param typeName name of the type in Jenkins' pages, with its article
 */
record CredentialsLookup<C extends StandardCredentials>(Class<C> wanted, String typeName) {

    C find(String credentialsId, CredentialsSource source, ApiUrl url) throws CredentialsException {
        Optional<C> found = source.find(
                wanted,
                credentialsId,
                URIRequirementBuilder.fromUri(url.toString()).build());
        if (found.isEmpty()) {
            throw new CredentialsException(missing(credentialsId, source, url));
        }
        source.recordUse(found.get());
        return found.get();
    }

    private String missing(String credentialsId, CredentialsSource source, ApiUrl url) {
        String id = PrintableText.quote(credentialsId);
        Optional<IdCredentials> other = source.find(IdCredentials.class, credentialsId, List.of());
        if (other.isEmpty()) {
            return "credentialsId: there are no credentials '%s' that this job can use; create %s with that id in the job's folder or in Jenkins"
                    .formatted(id, typeName);
        }
        if (!wanted.isInstance(other.get())) {
            return "credentialsId: '%s' is of the type %s, but %s is needed"
                    .formatted(id, other.get().getDescriptor().getDisplayName(), typeName);
        }
        return "credentialsId: '%s' belongs to a domain that does not include %s".formatted(id, url);
    }
}
