package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code buddyClearCache}: clears the cache of a Buddy pipeline.
 *
 * @see <a href="https://buddy.works/docs/api/pipelines/clear-cache">Buddy: clear cache</a>
 */
public final class BuddyClearCacheStep extends BuddyStep {

    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public BuddyClearCacheStep(String credentialsId, String workspace, String project, Object pipelineId) {
        super(credentialsId, workspace, project, pipelineId, DescriptorImpl.DEFAULT_TIMEOUT);
    }

    @Override
    public PreparedOperation<BuddyCacheClear.Result> prepare(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new PreparedOperation<>(
                BuddyCacheClear.of(new BuddyClient(endpoint.url()), pipeline(context)), endpoint, checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends DescriptorBase {

        private static final int DEFAULT_TIMEOUT = 120;

        @Override
        protected List<String> parametersInViews() {
            return List.of("workspace", "project", "pipelineId");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "buddyClearCache";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.buddyClearCache");
        }
    }
}
