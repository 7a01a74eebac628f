package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.util.EditDistance;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lookup of credentials, with messages for those that cannot be used.
 *
 * @param field the parameter that names them
 * @param wanted the required type, or what the accepted ones have in common
 * @param accepted the types that can be used
 * @param typeName names of these types in Jenkins' pages, with their articles
 */
record CredentialsLookup<C extends StandardCredentials>(
        String field, Class<C> wanted, List<Class<? extends StandardCredentials>> accepted, String typeName) {

    CredentialsLookup {
        accepted = List.copyOf(accepted);
    }

    /** Lookup of what authenticates requests. */
    CredentialsLookup(Class<C> wanted, List<Class<? extends StandardCredentials>> accepted, String typeName) {
        this("credentialsId", wanted, accepted, typeName);
    }

    /** Lookup of credentials of one type. */
    CredentialsLookup(Class<C> wanted, String typeName) {
        this(wanted, List.of(wanted), typeName);
    }

    /** What is shown of a text that is not an id: it may be the secret itself, which somebody took for the id. */
    private static final int MAX_SHOWN = 3;

    /** An id is similar if at most one character in so many differs. */
    private static final int CHARACTERS_PER_DIFFERENCE = 4;

    private static final int MAX_SIMILAR_IDS = 3;

    C find(String credentialsId, CredentialsSource source, ApiUrl url) throws CredentialsException {
        return find(credentialsId, source, List.of(url));
    }

    /** Looks them up for several URLs: one domain must include each of them. */
    C find(String credentialsId, CredentialsSource source, List<ApiUrl> urls) throws CredentialsException {
        C found = findAccepted(credentialsId, source, urls)
                .orElseThrow(() -> new CredentialsException(missing(credentialsId, source, urls)));
        source.recordUse(found);
        return found;
    }

    private Optional<C> findAccepted(String credentialsId, CredentialsSource source, List<ApiUrl> urls) {
        List<DomainRequirement> requirements = urls.stream()
                .flatMap(url -> URIRequirementBuilder.fromUri(url.toString()).build().stream())
                .toList();
        return source.find(wanted, credentialsId, requirements).filter(this::isAccepted);
    }

    boolean isAccepted(IdCredentials credentials) {
        return accepted.stream().anyMatch(type -> type.isInstance(credentials));
    }

    private String missing(String credentialsId, CredentialsSource source, List<ApiUrl> urls) {
        Optional<IdCredentials> other = source.find(IdCredentials.class, credentialsId, List.of());
        if (other.isEmpty()) {
            return unknown(credentialsId, similarIds(credentialsId, source));
        }
        String id = PrintableText.quote(credentialsId);
        if (!isAccepted(other.get())) {
            return "%s: '%s' is of the type %s, but %s is needed"
                    .formatted(field, id, other.get().getDescriptor().getDisplayName(), typeName);
        }
        return urls.stream()
                .filter(url -> findAccepted(credentialsId, source, List.of(url)).isEmpty())
                .findFirst()
                .map(url -> "%s: '%s' belongs to a domain that does not include %s".formatted(field, id, url))
                .orElseGet(() -> "%s: there are several '%s', and none belongs to a domain that includes all of %s"
                        .formatted(
                                field, id, urls.stream().map(ApiUrl::toString).collect(Collectors.joining(", "))));
    }

    private String unknown(String credentialsId, List<String> similarIds) {
        String id = PrintableText.quote(credentialsId);
        return similarIds.isEmpty()
                ? "%s: there are no credentials '%s' that this job can use; use the id, not the secret, of %s in the job's folder or in Jenkins"
                        .formatted(field, PrintableText.cut(id, MAX_SHOWN), typeName)
                : "%s: there are no credentials '%s' that this job can use; similar ids: %s"
                        .formatted(
                                field,
                                id,
                                similarIds.stream()
                                        .map(similar -> "'%s'".formatted(PrintableText.quote(similar)))
                                        .collect(Collectors.joining(", ")));
    }

    private List<String> similarIds(String credentialsId, CredentialsSource source) {
        return source.ids(wanted).stream()
                .filter(id -> isSimilar(id, credentialsId))
                .sorted()
                .limit(MAX_SIMILAR_IDS)
                .toList();
    }

    private static boolean isSimilar(String id, String text) {
        String one = id.toLowerCase(Locale.ROOT);
        String other = text.toLowerCase(Locale.ROOT);
        return Math.abs(one.length() - other.length()) <= differences(id)
                && EditDistance.editDistance(one, other) <= differences(id);
    }

    private static int differences(String id) {
        return Math.max(1, id.length() / CHARACTERS_PER_DIFFERENCE);
    }
}
