package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Authentication of the requests to the layers of a site, each with its own credentials. Those of all layers are looked
 * up before the first request, so that none is purged if a later one cannot be.
 */
final class SiteSigners implements SignerProvider {

    private final List<LayerSignerProvider> layers;
    private final AtomicBoolean checked = new AtomicBoolean();

    SiteSigners(List<LayerSignerProvider> layers) {
        this.layers = List.copyOf(layers);
    }

    @Override
    public Authentication authentication() {
        throw new IllegalStateException("A site has no requests other than those of its layers");
    }

    @Override
    public void check() throws CredentialsException {
        for (LayerSignerProvider layer : layers) {
            layer.check();
        }
    }

    @Override
    public SignerProvider forAccount(String account) {
        LayerSignerProvider layer = layers.stream()
                .filter(each -> each.layer().equals(account))
                .findFirst()
                .orElseThrow();
        return checked.get() ? layer : new CheckingSigner(layer);
    }

    private final class CheckingSigner implements SignerProvider {

        private final LayerSignerProvider layer;

        CheckingSigner(LayerSignerProvider layer) {
            this.layer = layer;
        }

        @Override
        public String credentialId() {
            return layer.credentialId();
        }

        /** Layers before this one were purged before a restart. */
        @Override
        public Authentication authentication() throws CredentialsException {
            Authentication own = layer.authentication();
            if (checked.compareAndSet(false, true)) {
                for (LayerSignerProvider later : layers.subList(layers.indexOf(layer) + 1, layers.size())) {
                    later.authentication();
                }
            }
            return own;
        }
    }
}
