package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.cachepurge.client.google.GoogleTokens;
import io.jenkins.plugins.cachepurge.client.google.ServiceAccountKey;
import io.jenkins.plugins.cachepurge.client.google.WorkloadIdentity;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials for Google: a "Secret file" or "Secret text" with the JSON key of a service account, or with an id token.
 *
 * @param identity what the id token stands for; empty for a JSON key
 * @param approved whether a JSON key may be used at a URL, which the key itself names
 */
public record GoogleReference(String credentialsId, Optional<WorkloadIdentity> identity, Predicate<ApiUrl> approved)
        implements CredentialsReference {

    /** Types that can be used. */
    public static final List<Class<? extends StandardCredentials>> TYPES =
            List.of(FileCredentials.class, StringCredentials.class);

    private static final CredentialsLookup<StandardCredentials> LOOKUP =
            new CredentialsLookup<>(StandardCredentials.class, TYPES, "a \"Secret file\" or a \"Secret text\"");

    public GoogleReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        return identity.isPresent() ? federated(source, url, identity.get()) : ofKey(source, url);
    }

    private Authentication federated(CredentialsSource source, ApiUrl url, WorkloadIdentity wanted)
            throws CredentialsException {
        String secret = SecretContent.of(LOOKUP.find(credentialsId, source, List.of(url, wanted.stsUrl())));
        return SecretTextReference.fit(credentialsId, () -> GoogleTokens.of(IdToken.of(secret), wanted));
    }

    /** The domain must include the URL that the key names as well. */
    private Authentication ofKey(CredentialsSource source, ApiUrl url) throws CredentialsException {
        String file = SecretContent.of(LOOKUP.find(credentialsId, source, url));
        ServiceAccountKey key = SecretTextReference.fit(credentialsId, () -> ServiceAccountKey.parse(file));
        ApiUrl tokenUrl = SecretTextReference.fit(credentialsId, () -> tokenUrl(key));
        if (!approved.test(tokenUrl)) {
            throw new CredentialsException(
                    "credentialsId: the token_uri of '%s' is %s, which is neither Google's own nor approved; an administrator can approve it under Manage Jenkins » System » Cache Purge"
                            .formatted(PrintableText.quote(credentialsId), tokenUrl));
        }
        LOOKUP.find(credentialsId, source, tokenUrl);
        return GoogleTokens.of(key);
    }

    private static ApiUrl tokenUrl(ServiceAccountKey key) {
        try {
            return ApiUrl.of(key.tokenUrl());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the JSON key's token_uri is not a URL", e);
        }
    }
}
