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
 * Lookup of credentials, with messages for those that cannot be used.
 *
 * @param wanted the required type, or what the accepted ones have in common
 * @param accepted the types that can be used
 * @param typeName names of these types in Jenkins' pages, with their articles
 */
record CredentialsLookup<C extends StandardCredentials>(
        Class<C> wanted, List<Class<? extends StandardCredentials>> accepted, String typeName) {

    CredentialsLookup {
        accepted = List.copyOf(accepted);
    }

    /** Lookup of credentials of one type. */
    CredentialsLookup(Class<C> wanted, String typeName) {
        this(wanted, List.of(wanted), typeName);
    }

    /** Looks them up for several URLs: their domain must include each of them. */
    C find(String credentialsId, CredentialsSource source, List<ApiUrl> urls) throws CredentialsException {
        C found = find(credentialsId, source, urls.get(0));
        for (ApiUrl url : urls.subList(1, urls.size())) {
            found = find(credentialsId, source, url);
        }
        return found;
    }

    C find(String credentialsId, CredentialsSource source, ApiUrl url) throws CredentialsException {
        Optional<C> found = source.find(
                        wanted,
                        credentialsId,
                        URIRequirementBuilder.fromUri(url.toString()).build())
                .filter(this::isAccepted);
        if (found.isEmpty()) {
            throw new CredentialsException(missing(credentialsId, source, url));
        }
        source.recordUse(found.get());
        return found.get();
    }

    private boolean isAccepted(IdCredentials credentials) {
        return accepted.stream().anyMatch(type -> type.isInstance(credentials));
    }

    private String missing(String credentialsId, CredentialsSource source, ApiUrl url) {
        String id = PrintableText.quote(credentialsId);
        Optional<IdCredentials> other = source.find(IdCredentials.class, credentialsId, List.of());
        if (other.isEmpty()) {
            return "credentialsId: there are no credentials '%s' that this job can use; create %s with that id in the job's folder or in Jenkins"
                    .formatted(id, typeName);
        }
        if (!isAccepted(other.get())) {
            return "credentialsId: '%s' is of the type %s, but %s is needed"
                    .formatted(id, other.get().getDescriptor().getDisplayName(), typeName);
        }
        return "credentialsId: '%s' belongs to a domain that does not include %s".formatted(id, url);
    }
}
