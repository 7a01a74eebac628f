package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import org.kohsuke.stapler.DataBoundConstructor;

/** Step {@code cdnPurgeStatus}: reads the status of one earlier purge request. */
public final class CdnPurgeStatusStep extends CdnStep {

    private static final long serialVersionUID = 1L;

    private final String requestId;

    @DataBoundConstructor
    public CdnPurgeStatusStep(CdnProvider cdn, String requestId) {
        super(cdn, DescriptorImpl.DEFAULT_TIMEOUT);
        this.requestId = requestId;
    }

    /** The CDN's id, which {@code cdnPurge} and {@code cdnPurgeHistory} return. */
    public String getRequestId() {
        return requestId;
    }

    @Override
    public PreparedOperation<PurgeHistoryEntry> prepare(BuildContext context) {
        CdnTarget target = target(context);
        return new PreparedOperation<>(
                history(target).get(context.expand(requestId)), target.endpoint(), checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        private static final int DEFAULT_TIMEOUT = 60;

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnPurgeStatus";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CdnPurgeStatusStep_displayName();
        }
    }
}
