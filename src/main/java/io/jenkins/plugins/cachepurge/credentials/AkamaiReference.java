package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridCredentials;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridSignature;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeRc;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials of the type "Akamai API credentials", or a "Secret file" or "Secret text" in {@code .edgerc} form. They name the
 * host to which requests are sent.
 *
 * @param section of the {@code .edgerc} file
 * @param approved whether requests may be sent to a URL
 */
public record AkamaiReference(String credentialsId, String section, Predicate<ApiUrl> approved)
        implements CredentialsReference {

    /** Types that can be used. */
    public static final List<Class<? extends StandardCredentials>> TYPES =
            List.of(AkamaiApiCredentials.class, FileCredentials.class, StringCredentials.class);

    private static final CredentialsLookup<StandardCredentials> LOOKUP = new CredentialsLookup<>(
            StandardCredentials.class, TYPES, "\"Akamai API credentials\", a \"Secret file\" or a \"Secret text\"");

    public AkamaiReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    /** Their domain must include the host that they name, which is known only when they were found. */
    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        Optional<StandardCredentials> any = source.find(StandardCredentials.class, credentialsId, List.of());
        StandardCredentials named =
                any.filter(LOOKUP::isAccepted).isPresent() ? any.get() : LOOKUP.find(credentialsId, source, url);
        ApiUrl host = values(named).url();
        if (!approved.test(host)) {
            throw new CredentialsException(
                    "credentialsId: '%s' names %s, which is neither Akamai's own nor approved; an administrator can approve it under Manage Jenkins » System » Cache Purge"
                            .formatted(PrintableText.quote(credentialsId), host));
        }
        EdgeGridCredentials found = values(LOOKUP.find(credentialsId, source, host));
        if (!found.url().equals(host)) {
            throw new CredentialsException("credentialsId: there are several credentials '%s' with different hosts"
                    .formatted(PrintableText.quote(credentialsId)));
        }
        return EdgeGridSignature.signer(found);
    }

    private EdgeGridCredentials values(StandardCredentials found) throws CredentialsException {
        if (found instanceof AkamaiApiCredentials own) {
            return SecretTextReference.fit(credentialsId, own::values);
        }
        String file = SecretContent.of(found);
        return SecretTextReference.fit(credentialsId, () -> EdgeRc.parse(file).credentials(section));
    }
}
