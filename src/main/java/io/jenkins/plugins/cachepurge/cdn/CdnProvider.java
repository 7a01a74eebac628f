package io.jenkins.plugins.cachepurge.cdn;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Run;
import java.io.Serializable;

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
     * @param context the build; every parameter that is a text must be expanded with it
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    public abstract CdnTarget target(BuildContext context);

    /**
     * The provider for a build that starts, which does not change when settings do. In memory only.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the build cannot use it
     */
    public CdnProvider begin(Run<?, ?> run) {
        return this;
    }

    @Override
    public CdnProviderDescriptor getDescriptor() {
        return (CdnProviderDescriptor) super.getDescriptor();
    }
}
