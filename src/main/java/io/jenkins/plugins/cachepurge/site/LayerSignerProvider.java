package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.util.logging.Logger;

/**
 * Authentication of the requests to a layer. Its messages name no credentials, since everybody reads them who may read
 * the job; the log of Jenkins has them.
 *
 * @param site its title
 * @param layer its name
 */
record LayerSignerProvider(String site, String layer, SignerProvider own) implements SignerProvider {

    private static final Logger LOGGER = Logger.getLogger(LayerSignerProvider.class.getName());

    @Override
    public String credentialId() {
        return own.credentialId();
    }

    @Override
    public Authentication authentication() throws CredentialsException {
        try {
            return own.authentication();
        } catch (CredentialsException e) {
            LOGGER.warning(() -> "Layer %s of the site %s: %s".formatted(layer, site, e.getMessage()));
            throw new CredentialsException(
                    "The credentials of the layer %s of the site %s cannot be used; an administrator finds the reason in the log of Jenkins"
                            .formatted(layer, site));
        }
    }
}
