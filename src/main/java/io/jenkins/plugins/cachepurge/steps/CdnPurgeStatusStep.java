package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Step {@code cdnPurgeStatus}: reads the status of one earlier purge request. */
public final class CdnPurgeStatusStep extends CdnStep {

    private static final long serialVersionUID = 1L;

    private final String requestId;
    private String layer;

    @DataBoundConstructor
    public CdnPurgeStatusStep(String requestId) {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
        this.requestId = requestId;
    }

    /** A step with the CDN of the request. */
    public CdnPurgeStatusStep(CdnProvider cdn, String requestId) {
        this(requestId);
        setCdn(cdn);
    }

    /** The CDN's id, which {@code cdnPurge} and {@code cdnPurgeHistory} return. */
    public String getRequestId() {
        return requestId;
    }

    /** The layer of a site; null for a CDN, or the only layer that lists earlier purges. */
    public String getLayer() {
        return layer;
    }

    @DataBoundSetter
    public void setLayer(String layer) {
        this.layer = Util.fixEmptyAndTrim(layer);
    }

    @Override
    public PreparedOperation<PurgeHistoryEntry> prepare(BuildContext context) {
        CdnTarget target = target(context).historyTarget(Optional.ofNullable(context.expand(layer)));
        return new PreparedOperation<>(
                history(target).get(context.expand(requestId)), target.endpoint(), checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends DescriptorBase {

        private static final int DEFAULT_TIMEOUT = 60;

        @Override
        protected List<String> parametersInViews() {
            return List.of("cdn", "requestId");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnPurgeStatus";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.cdnPurgeStatus");
        }
    }
}
