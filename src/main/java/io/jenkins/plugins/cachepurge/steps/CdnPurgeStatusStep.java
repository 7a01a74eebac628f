package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code cdnPurgeStatus}: tells how one earlier purge request stands. */
public final class CdnPurgeStatusStep extends OperationStep {

    private static final long serialVersionUID = 1L;

    private final CdnProvider cdn;
    private final String requestId;

    @DataBoundConstructor
    public CdnPurgeStatusStep(CdnProvider cdn, String requestId) {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
        this.cdn = cdn;
        this.requestId = requestId;
    }

    public CdnProvider getCdn() {
        return cdn;
    }

    /** The CDN's own id, as {@code cdnPurge} and {@code cdnPurgeHistory} return it. */
    public String getRequestId() {
        return requestId;
    }

    @Override
    public PreparedOperation<PurgeHistoryEntry> prepare(UnaryOperator<String> expand) {
        CdnTarget target = CdnParameter.target(cdn, expand);
        return new PreparedOperation<>(
                CdnParameter.archive(cdn, target).get(expand.apply(requestId)), target.access(), checkedTimeout());
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
