package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.changes.ChangesPurge;
import io.jenkins.plugins.cachepurge.changes.PlannedPurge;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.DryRun;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Step {@code cdnPurge}: purges a CDN or cache. */
public final class CdnPurgeStep extends PurgingStep {

    private static final long serialVersionUID = 1L;

    private ArrayList<String> paths;
    private ArrayList<String> urls;
    private ArrayList<String> tags;
    private ArrayList<String> prefixes;
    private ArrayList<String> hosts;
    private boolean all;
    private ChangedFiles changes;

    @DataBoundConstructor
    public CdnPurgeStep() {}

    /** A step with the CDN that is purged. */
    public CdnPurgeStep(CdnProvider cdn) {
        setCdn(cdn);
    }

    @Override
    protected int defaultTimeout() {
        return CdnProviderDescriptor.defaultTimeout(getCdn());
    }

    /** Paths from the root, such as /index.html; null if none were given. */
    public List<String> getPaths() {
        return paths;
    }

    @DataBoundSetter
    public void setPaths(String... paths) {
        this.paths = copy(paths);
    }

    /** Absolute URLs; null if none were given. */
    public List<String> getUrls() {
        return urls;
    }

    @DataBoundSetter
    public void setUrls(String... urls) {
        this.urls = copy(urls);
    }

    /** Cache tags, also called surrogate keys; null if none were given. */
    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String... tags) {
        this.tags = copy(tags);
    }

    /** Starts of paths or URLs; null if none were given. */
    public List<String> getPrefixes() {
        return prefixes;
    }

    @DataBoundSetter
    public void setPrefixes(String... prefixes) {
        this.prefixes = copy(prefixes);
    }

    /** Names of hosts; null if none were given. */
    public List<String> getHosts() {
        return hosts;
    }

    @DataBoundSetter
    public void setHosts(String... hosts) {
        this.hosts = copy(hosts);
    }

    /** A parameter is an array for Declarative Pipelines, which refuse a text for a list. */
    private static ArrayList<String> copy(String... values) {
        return values == null ? null : new ArrayList<>(Arrays.asList(values));
    }

    /** Whether to purge everything; then there are no lists. */
    public boolean isAll() {
        return all;
    }

    @DataBoundSetter
    public void setAll(boolean all) {
        this.all = all;
    }

    /** Files of which the changed ones are purged; null if something else is. */
    public ChangedFiles getChanges() {
        return changes;
    }

    @DataBoundSetter
    public void setChanges(ChangedFiles changes) {
        this.changes = changes;
    }

    /** Type of the selection, for the form. */
    public SelectionType getKind() {
        return all ? SelectionType.ALL : lists().keySet().stream().findFirst().orElse(SelectionType.PATHS);
    }

    /** Values of the selection, one per line, for the form. */
    public String getLines() {
        return String.join("\n", lists().getOrDefault(getKind(), List.of()));
    }

    /** The given lists. */
    private Map<SelectionType, List<String>> lists() {
        Map<SelectionType, List<String>> lists = new EnumMap<>(SelectionType.class);
        lists.put(SelectionType.PATHS, paths);
        lists.put(SelectionType.URLS, urls);
        lists.put(SelectionType.TAGS, tags);
        lists.put(SelectionType.PREFIXES, prefixes);
        lists.put(SelectionType.HOSTS, hosts);
        lists.values().removeIf(Objects::isNull);
        return PurgeSelection.given(lists, all);
    }

    /** Without changes and verification, which only a build has. */
    @Override
    public PreparedOperation<PurgeResult> prepare(BuildContext context) {
        if (changes != null) {
            throw new InvalidInputException("changes", LocalizedText.of("changes.noWorkspace"));
        }
        CdnProviderDescriptor provider = provider();
        PurgeSelection selection = selection(context);
        CdnTarget target = target(context);
        provider.capabilities().check(provider.getDisplayName(), selection, isSoft());
        Operation<?, PurgeResult> purge =
                target.purge(selection, new PurgeOptions(isSoft(), isWait(), context.executionId()));
        Operation<?, PurgeResult> operation =
                isDryRun() ? DryRun.of(purge.description(), target.dryRun(provider.symbolName(), selection)) : purge;
        return new PreparedOperation<>(operation, target.endpoint(), checkedTimeout()).asDryRun(isDryRun());
    }

    private PurgeSelection selection(BuildContext context) {
        Map<SelectionType, List<String>> lists = lists();
        lists.replaceAll((kind, list) -> ListValues.expanded(list, context::expand));
        CdnProviderDescriptor provider = provider();
        return PurgeSelection.of(lists, all)
                .orElseThrow(() -> provider.capabilities().missing(provider.getDisplayName()));
    }

    @Override
    public CompletableFuture<? extends PreparedOperation<?>> prepareIn(PreparationContext context) {
        ChangedFiles files = changes;
        if (files == null) {
            PreparedOperation<PurgeResult> purge = prepare(context.build());
            announceAddresses(context, target(context.build()));
            boolean verified = isVerify() && !isDryRun();
            return CompletableFuture.completedFuture(
                    verified
                            ? PurgeVerification.of(this, context, selection(context.build()))
                                    .after(purge)
                            : purge);
        }
        ChangesPurge purge = changesPurge(files, context.build());
        announceAddresses(context, purge.target());
        SignerSource signers = purge.target().endpoint();
        Duration limit = checkedTimeout();
        if (isVerify() && !isDryRun()) {
            return ChangesVerification.of(this, context.build(), purge, limit).prepareIn(context);
        }
        return context.compare(purge, changed -> {
            PlannedPurge planned = purge.planned(changed.plan());
            return new PreparedOperation<>(
                            planned.operation(), signers, limit, new ChangesEndHandler<>(changed, planned::result))
                    .asDryRun(isDryRun());
        });
    }

    private void announceAddresses(PreparationContext context, CdnTarget target) {
        if (!context.resumed() && !isDryRun()) {
            context.announceAddresses(target.urlsWithAnyAddress());
        }
    }

    private ChangesPurge changesPurge(ChangedFiles files, BuildContext context) {
        ChangesPurge.checkAlone(lists(), all);
        CdnTarget target = target(context);
        return ChangesPurge.of(
                getCdn().getDescriptor(),
                target,
                new PurgeOptions(isSoft(), isWait(), context.executionId()),
                isDryRun(),
                files.check(context));
    }

    @Extension
    public static final class DescriptorImpl extends PurgingDescriptor {

        @Override
        protected List<String> parametersInViews() {
            return List.of("cdn", "changes", "paths", "urls", "tags", "prefixes", "hosts", "all", "dryRun");
        }

        @Override
        public int getDefaultTimeout() {
            return CdnProviderDescriptor.DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnPurge";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.cdnPurge");
        }

        /** The form has a type, and one text for all values. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            CdnPurgeForm.intoParameters(form);
            return super.newInstance(req, form);
        }

        /** Types of selections that some CDN supports. */
        public List<SelectionType> getKinds() {
            return List.of(SelectionType.values());
        }

        /** For people. */
        public String kindName(SelectionType kind) {
            return CdnPurgeForm.displayName(kind);
        }

        /** Supported selections of each CDN, in the order of the form's list of CDNs. */
        public String getSupport() {
            return CdnPurgeForm.support(getCdns());
        }

        /** Label of the values: "Paths, one per line". */
        public String linesLabel(SelectionType kind) {
            return Messages.CdnPurgeStep_onePerLine(kindName(kind == null ? SelectionType.PATHS : kind));
        }

        /** JSON for the script of the form: the label for each type. */
        public String getLinesLabels() {
            return CdnPurgeForm.linesLabels(this::linesLabel);
        }

        @POST
        public FormValidation doCheckLines(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String kind,
                @QueryParameter String chosenCdn) {
            return new JobForm(item).check(value, () -> CdnPurgeForm.selection(getCdns(), chosenCdn, kind, value));
        }
    }
}
