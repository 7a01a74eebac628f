package io.jenkins.plugins.cachepurge.cdn;

import hudson.model.Descriptor;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import java.util.Optional;
import org.jenkinsci.Symbol;

/** Tells what kind of CDN a {@link CdnProvider} is. */
public abstract class CdnProviderDescriptor extends Descriptor<CdnProvider> {

    /** What it can purge; anything else is refused before it is asked. */
    public abstract PurgeCapabilities capabilities();

    /** The provider's name in a Jenkinsfile: the first symbol of the descriptor. */
    public final String symbolName() {
        return Optional.ofNullable(getClass().getAnnotation(Symbol.class))
                .map(symbol -> symbol.value()[0])
                .orElseGet(clazz::getSimpleName);
    }
}
