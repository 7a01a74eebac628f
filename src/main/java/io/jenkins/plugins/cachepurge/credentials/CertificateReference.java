package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * Credentials with certificates of authorities: a "Secret file" in PEM format, or a "Certificate".
 *
 * @param credentialsId their id
 * @param urls all URLs that use them; their domain must include each
 */
public record CertificateReference(String credentialsId, List<ApiUrl> urls) {

    /** Name of the parameter. */
    public static final String FIELD = "certificate";

    /** Types that can be used. */
    public static final List<Class<? extends StandardCredentials>> TYPES =
            List.of(FileCredentials.class, StandardCertificateCredentials.class);

    private static final CredentialsLookup<StandardCredentials> LOOKUP =
            new CredentialsLookup<>(FIELD, StandardCredentials.class, TYPES, "a \"Secret file\" or a \"Certificate\"");

    /** @throws InvalidInputException if it can be no id */
    public CertificateReference {
        credentialsId = new InputField(FIELD, credentialsId).asCredentialsId();
        urls = List.copyOf(urls);
    }

    /**
     * Looks them up for one exchange.
     *
     * @throws CredentialsException if the source has none that can be used
     */
    TrustedCertificates certificates(CredentialsSource source) throws CredentialsException {
        StandardCredentials found = LOOKUP.find(credentialsId, source, urls);
        try {
            return found instanceof StandardCertificateCredentials certificate
                    ? TrustedCertificates.of(authorities(certificate.getKeyStore()))
                    : TrustedCertificates.parsePem(SecretContent.of(found).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | KeyStoreException e) {
            throw new CredentialsException(
                    "%s: '%s' cannot be used: %s".formatted(FIELD, PrintableText.quote(credentialsId), e.getMessage()));
        }
    }

    /** Trusted certificates, and the issuers of those with a key; one without an issuer has issued itself. */
    private static List<Certificate> authorities(KeyStore store) throws KeyStoreException {
        List<Certificate> authorities = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain == null) {
                authorities.add(store.getCertificate(alias));
            } else {
                authorities.addAll(Arrays.asList(chain).subList(chain.length == 1 ? 0 : 1, chain.length));
            }
        }
        return authorities;
    }
}
