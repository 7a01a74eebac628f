package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Step {@code cdnPurgeHistory}: lists the earlier purge requests of a CDN. */
public final class CdnPurgeHistoryStep extends CdnStep {

    private static final long serialVersionUID = 1L;

    private static final String NEWEST_FIRST = "desc";
    private static final String OLDEST_FIRST = "asc";

    private int limit = DescriptorImpl.DEFAULT_LIMIT;
    private String order = NEWEST_FIRST;
    private String layer;

    @DataBoundConstructor
    public CdnPurgeHistoryStep() {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
    }

    /** A step with the CDN whose purges are listed. */
    public CdnPurgeHistoryStep(CdnProvider cdn) {
        this();
        setCdn(cdn);
    }

    /** Maximum number of entries, 1 to 1000. */
    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    /** {@code desc} for the newest first, {@code asc} for the oldest first. */
    public String getOrder() {
        return order;
    }

    @DataBoundSetter
    public void setOrder(String order) {
        this.order = order == null ? NEWEST_FIRST : order;
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
    public PreparedOperation<PurgeHistoryResult> prepare(BuildContext context) {
        CdnTarget target = target(context).historyTarget(Optional.ofNullable(context.expand(layer)));
        int most = InputField.inRange("limit", limit, 1, DescriptorImpl.HIGHEST_LIMIT);
        return new PreparedOperation<>(history(target).list(most, newestFirst()), target.endpoint(), checkedTimeout());
    }

    private boolean newestFirst() {
        if (!NEWEST_FIRST.equals(order) && !OLDEST_FIRST.equals(order)) {
            throw new InvalidInputException(
                    "order", LocalizedText.of("order", NEWEST_FIRST, OLDEST_FIRST, shown(order)));
        }
        return NEWEST_FIRST.equals(order);
    }

    private static String shown(String text) {
        return text == null ? "" : PrintableText.quote(text);
    }

    @Extension
    public static final class DescriptorImpl extends DescriptorBase {

        private static final int DEFAULT_TIMEOUT = 60;
        public static final int DEFAULT_LIMIT = 20;
        static final int HIGHEST_LIMIT = 1000;

        @Override
        protected List<String> parametersInViews() {
            return List.of("cdn");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnPurgeHistory";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.cdnPurgeHistory");
        }

        /** The same for everybody. */
        @POST
        public ListBoxModel doFillOrderItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.CdnPurgeHistoryStep_newestFirst(), NEWEST_FIRST),
                    new ListBoxModel.Option(Messages.CdnPurgeHistoryStep_oldestFirst(), OLDEST_FIRST));
        }

        @POST
        public FormValidation doCheckLimit(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("limit", value, 1, HIGHEST_LIMIT);
        }
    }
}
