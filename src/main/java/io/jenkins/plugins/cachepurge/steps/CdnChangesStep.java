package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.changes.ChangesListing;
import io.jenkins.plugins.cachepurge.changes.ChangesListingResult;
import io.jenkins.plugins.cachepurge.changes.ChangesSpec;
import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Step {@code cdnChanges}: lists the changed files of a directory, and purges nothing. */
public final class CdnChangesStep extends OperationStep {

    private static final long serialVersionUID = 1L;

    private ChangedFiles changes;
    private CdnProvider cdn;

    @DataBoundConstructor
    public CdnChangesStep() {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
    }

    /** A step with the files that are listed. */
    public CdnChangesStep(ChangedFiles changes) {
        this();
        this.changes = changes;
    }

    /** The files; null if a job does not name them. */
    public ChangedFiles getChanges() {
        return changes;
    }

    /** No parameter of the constructor: Declarative would take every other argument for one of the files. */
    @DataBoundSetter
    public void setChanges(ChangedFiles changes) {
        this.changes = changes;
    }

    /** The CDN whose last purge the files are compared with; null for the last build that succeeded. */
    public CdnProvider getCdn() {
        return cdn;
    }

    @DataBoundSetter
    public void setCdn(CdnProvider cdn) {
        this.cdn = cdn;
    }

    @Override
    protected void begin(Run<?, ?> run) {
        if (cdn != null) {
            cdn = cdn.begin(run);
        }
    }

    /** Only a build has files. */
    @Override
    public PreparedOperation<ChangesListingResult> prepare(BuildContext context) {
        throw new InvalidInputException("changes", LocalizedText.of("changes.noWorkspace"));
    }

    @Override
    public CompletableFuture<PreparedOperation<ChangesListingResult>> prepareIn(PreparationContext context) {
        if (changes == null) {
            throw new InvalidInputException("changes", LocalizedText.of("missing"));
        }
        ChangesSpec spec = changes.check(context.build());
        Duration limit = checkedTimeout();
        return context.compare(listing(spec, context.build()), changed -> prepared(changed, spec, limit));
    }

    private ChangesListing listing(ChangesSpec spec, BuildContext context) {
        if (cdn == null) {
            return ChangesListing.sinceBuild(spec);
        }
        CdnTarget target = cdn.target(context);
        return ChangesListing.sincePurge(cdn.getDescriptor(), target, spec);
    }

    private static PreparedOperation<ChangesListingResult> prepared(
            PreparedChanges changed, ChangesSpec spec, Duration limit) {
        ChangesListingResult listed = ChangesListingResult.of(changed.plan(), spec);
        Operation<ChangesSpec, ChangesListingResult> operation = Operation.of(
                new OperationDescription("Jenkins", OperationKind.CHANGES, spec.directory()),
                spec,
                new SucceededState<>(listed));
        return new PreparedOperation<>(
                operation, source -> () -> Signer.NONE, limit, new ChangesEndHandler<>(changed, result -> result));
    }

    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        private static final int DEFAULT_TIMEOUT = 300;

        @Override
        protected List<String> parametersInViews() {
            return List.of("changes", "cdn");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnChanges";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.cdnChanges");
        }

        /** The form has a box for the CDN, which is optional. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            JSONObject chosen = form.optJSONObject("withCdn");
            form.remove("withCdn");
            if (chosen != null && chosen.has("cdn")) {
                form.put("cdn", chosen.get("cdn"));
            }
            return super.newInstance(req, form);
        }
    }
}
