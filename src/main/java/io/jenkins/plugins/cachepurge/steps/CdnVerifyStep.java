package io.jenkins.plugins.cachepurge.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.RouteForm;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import io.jenkins.plugins.cachepurge.site.SiteSnapshot;
import io.jenkins.plugins.cachepurge.site.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Step {@code cdnVerify}: waits until pages are served as expected. */
public final class CdnVerifyStep extends PageExpectationStep {

    private static final long serialVersionUID = 1L;

    private ArrayList<String> urls;
    private String site;
    private ArrayList<String> paths;

    /** Null for the default, as in a config.xml without it. */
    private Integer times;

    private ArrayList<LinkedHashMap<String, String>> variants;
    private boolean variantsAreWrong;
    private String credentialsId;
    private CdnProvider cdn;

    /** The site as it was when the build began; null before, and without a site. */
    private SiteSnapshot resolved;

    @DataBoundConstructor
    public CdnVerifyStep() {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
    }

    /** Absolute URLs; null if none were given. */
    public List<String> getUrls() {
        return urls;
    }

    @DataBoundSetter
    public void setUrls(String... urls) {
        this.urls = urls == null ? null : new ArrayList<>(Arrays.asList(urls));
    }

    /** Name of a site; null for none. */
    public String getSite() {
        return site;
    }

    @DataBoundSetter
    public void setSite(String site) {
        this.site = Util.fixEmptyAndTrim(site);
    }

    /** Paths of the site; null if none were given. */
    public List<String> getPaths() {
        return paths;
    }

    @DataBoundSetter
    public void setPaths(String... paths) {
        this.paths = paths == null ? null : new ArrayList<>(Arrays.asList(paths));
    }

    /** How many answers in a row must be as expected. */
    public int getTimes() {
        return times == null ? DescriptorImpl.DEFAULT_TIMES : times;
    }

    @DataBoundSetter
    public void setTimes(int times) {
        this.times = times;
    }

    /** Headers of the requests: a map, or for several variants of each page a list of maps; null for none. */
    public Object getRequestHeaders() {
        if (variants == null) {
            return null;
        }
        return variants.size() == 1 ? variants.get(0) : variants;
    }

    @DataBoundSetter
    public void setRequestHeaders(Object requestHeaders) {
        Optional<ArrayList<LinkedHashMap<String, String>>> maps = HeadersParameter.read(requestHeaders);
        variantsAreWrong = maps.isEmpty();
        variants = maps.filter(all -> !all.isEmpty()).orElse(null);
    }

    /** A user name with password; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** A CDN with a check of all its places; null for none. */
    public CdnProvider getCdn() {
        return cdn;
    }

    @DataBoundSetter
    public void setCdn(CdnProvider cdn) {
        this.cdn = cdn;
    }

    /** Values of a list, one per line, for the form. */
    public String getUrlLines() {
        return urls == null ? "" : String.join("\n", urls);
    }

    /** Values of a list, one per line, for the form. */
    public String getPathLines() {
        return paths == null ? "" : String.join("\n", paths);
    }

    /** Headers, one per line, for the form. */
    public String getHeaderLines() {
        return VerifyForm.lines(getHeaders());
    }

    /** Headers of requests, one per line, for the form; variants with an empty line between them. */
    public String getRequestHeaderLines() {
        return VerifyForm.blocks(variants);
    }

    /** @throws InvalidInputException if they are neither a map nor a list of maps */
    List<LinkedHashMap<String, String>> variants() {
        if (variantsAreWrong) {
            throw new InvalidInputException("requestHeaders", LocalizedText.of("verify.requestHeaders"));
        }
        return variants == null ? List.of() : variants;
    }

    @Override
    protected void begin(Run<?, ?> run) {
        if (site != null) {
            resolved = Sites.find(run, site);
        }
        if (cdn != null) {
            cdn = cdn.begin(run);
        }
    }

    Optional<SiteSnapshot> site(BuildContext context) {
        if (resolved != null || site == null) {
            return Optional.ofNullable(resolved);
        }
        return Optional.of(Sites.find(context.run(), context.expand(site)));
    }

    /** Without files, which only a build has. */
    @Override
    public PreparedOperation<VerificationResult> prepare(BuildContext context) {
        if (hasFiles()) {
            throw new InvalidInputException(
                    getFile() == null ? "dir" : "file", LocalizedText.of("changes.noWorkspace"));
        }
        return new VerificationPreparation(this, context).prepare(List.of());
    }

    @Override
    public CompletableFuture<PreparedOperation<VerificationResult>> prepareIn(PreparationContext context) {
        return hasFiles()
                ? new VerificationPreparation(this, context.build()).prepareWithFiles(context)
                : CompletableFuture.completedFuture(prepare(context.build()));
    }

    @Extension
    public static final class DescriptorImpl extends ExpectationDescriptor {

        private static final int DEFAULT_TIMEOUT = 300;
        public static final int DEFAULT_TIMES = 2;
        public static final int DEFAULT_STATUS = 200;

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "cdnVerify";
        }

        @Override
        protected List<String> parametersInViews() {
            return List.of("site", "paths", "urls", "dir");
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.cdnVerify");
        }

        /** The form has texts with one value per line. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            return VerifyForm.instance(form, rest -> super.newInstance(req, rest));
        }

        /** The sites that the job may use, and none. */
        @POST
        public ListBoxModel doFillSiteItems(@AncestorInPath Item item, @QueryParameter String site) {
            return VerifyForm.sites(item, Util.fixNull(site));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String urlLines) {
            return new JobForm(item)
                    .credentialsItems(
                            StandardUsernamePasswordCredentials.class, credentialsId, VerifyForm.firstUrl(urlLines));
        }

        @POST
        public ListBoxModel doFillViaItems() {
            return RouteForm.viaItems();
        }

        @POST
        public FormValidation doCheckUrlLines(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> VerifyForm.checkUrls(value));
        }

        @POST
        public FormValidation doCheckPathLines(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> VerifyForm.checkPaths(value));
        }

        @POST
        public FormValidation doCheckRequestHeaderLines(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> VerifyForm.checkRequestHeaders(value));
        }

        @POST
        public FormValidation doCheckTimes(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("times", value, 1, VerificationInput.MAX_TIMES);
        }
    }
}
