package io.jenkins.plugins.cachepurge.cdn;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import java.io.Serializable;
import java.util.function.UnaryOperator;

/**
 * CDN that {@code cdnPurge} can purge, with the parameters that identify a part of it. To add one, extend this and
 * {@link CdnProviderDescriptor}, annotate the descriptor with {@code @Symbol}, and give it a {@code config.jelly}.
 *
 * <p>It is saved with the program of running builds, so its fields must be serializable, and none may contain a secret.
 */
public abstract class CdnProvider extends AbstractDescribableImpl<CdnProvider> implements ExtensionPoint, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks the parameters and returns the part of the CDN that they identify. Does no I/O.
     *
     * @param expand replaces a build's variables in a text; must be applied to every parameter that is a text
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    public abstract CdnTarget target(UnaryOperator<String> expand);

    @Override
    public CdnProviderDescriptor getDescriptor() {
        return (CdnProviderDescriptor) super.getDescriptor();
    }
}
