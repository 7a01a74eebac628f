package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import java.util.List;
import java.util.Optional;

/** Source that lists all credentials of a type. */
public interface ListableCredentialsSource extends CredentialsSource {

    /** Those that may be used for the requirements. */
    <C extends IdCredentials> List<C> all(Class<C> type, List<DomainRequirement> requirements);

    @Override
    default <C extends IdCredentials> Optional<C> find(Class<C> type, String id, List<DomainRequirement> requirements) {
        return Optional.ofNullable(
                CredentialsMatchers.firstOrNull(all(type, requirements), CredentialsMatchers.withId(id)));
    }

    @Override
    default List<String> ids(Class<? extends IdCredentials> type) {
        return all(type, List.of()).stream()
                .map(IdCredentials::getId)
                .distinct()
                .toList();
    }
}
