package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Descriptor;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnHistory;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** Step for a CDN. */
public abstract class CdnStep extends OperationStep {

    private static final long serialVersionUID = 1L;

    private CdnProvider cdn;

    /** A step whose timeout depends on the CDN. */
    protected CdnStep() {}

    protected CdnStep(int defaultTimeout) {
        super(defaultTimeout);
    }

    /** The CDN; null if a job does not name it. */
    public final CdnProvider getCdn() {
        return cdn;
    }

    /** No parameter of the constructor: Declarative reports a typo in another parameter only if it can omit this one. */
    @DataBoundSetter
    public final void setCdn(CdnProvider cdn) {
        this.cdn = cdn;
    }

    @Override
    protected final void begin(Run<?, ?> run) {
        if (cdn != null) {
            cdn = cdn.begin(run);
        }
    }

    @Override
    public final List<Class<?>> formOwners() {
        return cdn == null
                ? List.of(getClass(), ChangedFiles.class)
                : List.of(cdn.getClass(), getClass(), ChangedFiles.class);
    }

    /** @throws InvalidInputException if the job names no CDN, or one of its parameters cannot be used */
    final CdnTarget target(BuildContext context) {
        return given().target(context);
    }

    /** @throws InvalidInputException if the job names no CDN */
    final CdnProviderDescriptor provider() {
        return given().getDescriptor();
    }

    private CdnProvider given() {
        if (cdn == null) {
            throw new InvalidInputException("cdn", LocalizedText.of("cdn.missing"));
        }
        return cdn;
    }

    /** @throws InvalidInputException if the CDN does not list earlier purges */
    final CdnHistory history(CdnTarget target) {
        return target.history()
                .orElseThrow(() -> new InvalidInputException(
                        "cdn", LocalizedText.of("cdn.noHistory", provider().getDisplayName())));
    }

    /** Base of the descriptors of these steps. */
    public abstract static class DescriptorBase extends OperationStepDescriptor {

        /** The CDNs, by name, for the form. */
        public final List<Descriptor<CdnProvider>> getCdns() {
            return installed().stream()
                    .sorted(Comparator.comparing(Descriptor::getDisplayName, String.CASE_INSENSITIVE_ORDER))
                    .toList();
        }

        /** The CDN that a new form shows. */
        public final Descriptor<CdnProvider> getDefaultCdn() {
            return installed().get(0);
        }

        /** In the order of their extensions' ordinals. */
        private static List<Descriptor<CdnProvider>> installed() {
            return Jenkins.get().getDescriptorList(CdnProvider.class);
        }
    }
}
