package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeRc;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.AkamaiReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.akamai.AkamaiPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What an API client of Akamai may purge. */
public class AkamaiProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

    private final String credentialsId;
    private ArrayList<String> cpCodes;
    private String network;
    private String section;
    private String accountSwitchKey;

    /** @param credentialsId "Akamai API credentials", or a secret file or text in {@code .edgerc} form */
    @DataBoundConstructor
    public AkamaiProvider(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** What {@code all: true} purges. */
    public List<String> getCpCodes() {
        return cpCodes == null ? List.of() : List.copyOf(cpCodes);
    }

    @DataBoundSetter
    public void setCpCodes(List<String> cpCodes) {
        this.cpCodes = cpCodes == null || cpCodes.isEmpty() ? null : new ArrayList<>(cpCodes);
    }

    /** The CP codes for the form. */
    public String getCpCodesText() {
        return String.join(" ", getCpCodes());
    }

    /** {@code production} or {@code staging}. */
    public String getNetwork() {
        return network == null ? DescriptorImpl.DEFAULT_NETWORK : network;
    }

    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Util.fixEmptyAndTrim(network);
    }

    /** Section of an {@code .edgerc} file. */
    public String getSection() {
        return section == null ? DescriptorImpl.DEFAULT_SECTION : section;
    }

    @DataBoundSetter
    public void setSection(String section) {
        this.section = Util.fixEmptyAndTrim(section);
    }

    /** Null for the account of the API client. */
    public String getAccountSwitchKey() {
        return accountSwitchKey;
    }

    @DataBoundSetter
    public void setAccountSwitchKey(String accountSwitchKey) {
        this.accountSwitchKey = Util.fixEmptyAndTrim(accountSwitchKey);
    }

    @Override
    public CdnTarget target(BuildContext context) {
        return new Target(
                new AkamaiClient(
                        AkamaiClient.UNSIGNED_URL,
                        AkamaiPurge.network(context.expand(getNetwork())),
                        AkamaiPurge.accountSwitchKey(context.expand(accountSwitchKey))),
                DescriptorImpl.cpCodes(context.expand(getCpCodesText())),
                DescriptorImpl.endpoint(context.urls(), credentialsId, context.expand(getSection())));
    }

    private record Target(AkamaiClient client, List<Long> cpCodes, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public String name() {
            return client.network().word();
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return AkamaiPurge.of(client, selection, cpCodes, options);
        }
    }

    @Extension
    @Symbol(AkamaiPurge.PROVIDER)
    public static class DescriptorImpl extends CdnProviderDescriptor {

        private static final String CP_CODES = "cpCodes";

        private static final String DEFAULT_NETWORK = AkamaiNetwork.PRODUCTION.word();

        private static final String DEFAULT_SECTION = EdgeRc.DEFAULT_SECTION;

        private static final SelectionType[] KINDS = {SelectionType.URLS, SelectionType.TAGS, SelectionType.ALL};

        public String getDefaultSection() {
            return DEFAULT_SECTION;
        }

        /** The form has one text with all CP codes. */
        @Override
        public CdnProvider newInstance(StaplerRequest2 req, JSONObject form) throws Descriptor.FormException {
            List<String> codes = SEPARATORS
                    .splitAsStream(form.optString(CP_CODES))
                    .filter(code -> !code.isEmpty())
                    .toList();
            form.put(CP_CODES, JSONArray.fromObject(codes));
            return super.newInstance(req, form);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AkamaiProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(KINDS).withSoft(KINDS);
        }

        private static ServiceEndpoint endpoint(UrlApproval urls, String credentialsId, String section) {
            String name = new InputField("section", section).required();
            return new ServiceEndpoint(
                    AkamaiClient.UNSIGNED_URL,
                    new AkamaiReference(credentialsId, name, url -> mayReceiveCredentials(urls, url)));
        }

        private static boolean mayReceiveCredentials(UrlApproval urls, ApiUrl url) {
            return url.isHttpsBelow(AkamaiClient.VENDOR_DOMAIN) || urls.isApproved(url);
        }

        private static List<Long> cpCodes(String text) {
            return SEPARATORS
                    .splitAsStream(text)
                    .filter(code -> !code.isEmpty())
                    .map(AkamaiPurge::cpCode)
                    .distinct()
                    .toList();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new JobForm(item).credentialsItems(AkamaiReference.TYPES, credentialsId, "");
        }

        /** The same for everybody. */
        @POST
        public ListBoxModel doFillNetworkItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.AkamaiProvider_production(), AkamaiNetwork.PRODUCTION.word()),
                    new ListBoxModel.Option(Messages.AkamaiProvider_staging(), AkamaiNetwork.STAGING.word()));
        }

        @POST
        public FormValidation doCheckCpCodes(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> cpCodes(Util.fixNull(value)));
        }

        @POST
        public FormValidation doCheckAccountSwitchKey(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> AkamaiPurge.accountSwitchKey(value));
        }

        /** Reads how many URLs could be purged. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String network,
                @QueryParameter String section,
                @QueryParameter String accountSwitchKey) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                AkamaiClient client = new AkamaiClient(
                        AkamaiClient.UNSIGNED_URL,
                        AkamaiPurge.network(network),
                        AkamaiPurge.accountSwitchKey(accountSwitchKey));
                String name = Optional.ofNullable(Util.fixEmptyAndTrim(section)).orElse(DEFAULT_SECTION);
                return new ConnectionCheck<>(
                        client.rateLimit(),
                        endpoint(form.urls(), credentialsId, name),
                        found -> Messages.AkamaiProvider_connected(found.remaining()));
            });
        }
    }
}
