package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code cdnPurge}: makes a CDN drop what it caches. */
public final class CdnPurgeStep extends RemoteOperationStep {

    private static final long serialVersionUID = 1L;

    private final CdnProvider cdn;
    private ArrayList<String> paths;
    private boolean all;
    private boolean wait = true;
    private boolean dryRun;

    @DataBoundConstructor
    public CdnPurgeStep(CdnProvider cdn) {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
        this.cdn = cdn;
    }

    public CdnProvider getCdn() {
        return cdn;
    }

    /** Paths from the root, as /index.html; null where none were given. */
    public List<String> getPaths() {
        return paths;
    }

    @DataBoundSetter
    public void setPaths(List<String> paths) {
        this.paths = paths == null ? null : new ArrayList<>(paths);
    }

    /** The paths one a line, for the form. */
    public String getLines() {
        return paths == null ? "" : String.join("\n", paths);
    }

    /** Whether to purge everything; then there are no paths. */
    public boolean isAll() {
        return all;
    }

    @DataBoundSetter
    public void setAll(boolean all) {
        this.all = all;
    }

    /** Whether to wait until the CDN says that it is done, where it does. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Whether to check the parameters only, and send nothing. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public RemoteOperation<PurgeResult> prepare(UnaryOperator<String> expand) {
        PurgeSelection what = PurgeSelection.of(expanded(expand), all);
        CdnTarget target = CdnParameter.target(cdn, expand);
        Operation<PurgeResult> operation = dryRun ? target.dryRun(what) : target.purge(what, wait);
        return new RemoteOperation<>(operation, target.access(), checkedTimeout());
    }

    private List<String> expanded(UnaryOperator<String> expand) {
        return paths == null
                ? null
                : paths.stream()
                        .map(path -> path == null ? null : expand.apply(path))
                        .collect(Collectors.toList());
    }

    @Extension
    public static final class DescriptorImpl extends RemoteOperationStepDescriptor {

        private static final int DEFAULT_TIMEOUT = 300;

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnPurge";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CdnPurgeStep_displayName();
        }

        /** The form has one text with a path a line. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            List<String> lines = lines(form.optString("paths"));
            form.remove("paths");
            if (!lines.isEmpty()) {
                form.put("paths", JSONArray.fromObject(lines));
            }
            return super.newInstance(req, form);
        }

        private static List<String> lines(String text) {
            return text.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        @POST
        public FormValidation doCheckPaths(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean all) {
            return new FormAccess(item).check(value, () -> selection(value, all));
        }

        private static PurgeSelection selection(String text, boolean all) {
            List<String> lines = text.lines().map(String::trim).toList();
            IntStream.range(0, lines.size())
                    .filter(i -> !lines.get(i).isEmpty())
                    .forEach(i -> PurgeSelection.Paths.check(Advice.of("line", i + 1), lines.get(i)));
            List<String> paths = lines(text);
            return PurgeSelection.of(paths.isEmpty() ? null : paths, all);
        }
    }
}
