package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsRole;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.cloudfront.StsClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.AwsReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.cloudfront.CloudFrontHistory;
import io.jenkins.plugins.cachepurge.operation.cloudfront.CloudFrontPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A distribution of Amazon CloudFront, or a tenant of one. */
public class CloudFrontProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String distributionId;
    private String tenantId;
    private String roleArn;
    private String externalId;
    private String stsUrl;

    /**
     * @param credentialsId an access key, or an OIDC id token
     * @param distributionId such as {@code EDFDVBD6EXAMPLE}; null or empty if there is a tenant
     */
    @DataBoundConstructor
    public CloudFrontProvider(String credentialsId, String distributionId) {
        super(credentialsId);
        this.distributionId = distributionId;
    }

    public String getDistributionId() {
        return distributionId;
    }

    /** The only tenant of the distribution that is purged; null for the whole distribution. */
    public String getTenantId() {
        return tenantId;
    }

    @DataBoundSetter
    public void setTenantId(String tenantId) {
        this.tenantId = Util.fixEmptyAndTrim(tenantId);
    }

    /** The role whose temporary keys are used; null for the access key itself. */
    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    /** Agreed with the owner of the role; null for none. */
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    /** URL of AWS STS; null for the one that belongs to the API URL. */
    public String getStsUrl() {
        return stsUrl;
    }

    @DataBoundSetter
    public void setStsUrl(String stsUrl) {
        this.stsUrl = Util.fixEmptyAndTrim(stsUrl);
    }

    @Override
    public CdnTarget target(BuildContext context) {
        return Target.of(
                endpoints(context.urls(), context.expand(getApiUrl()), context.expand(stsUrl)),
                getCredentialsId(),
                AwsRole.of(context.expand(roleArn), context.expand(externalId)),
                CloudFrontTarget.of(context.expand(distributionId), context.expand(tenantId)));
    }

    private record Target(CloudFrontClient client, CloudFrontTarget target, ServiceEndpoint endpoint, AwsEndpoints aws)
            implements CdnTarget, CdnHistory {

        static Target of(AwsEndpoints aws, String credentialsId, Optional<AwsRole> role, CloudFrontTarget target) {
            return new Target(
                    new CloudFrontClient(aws.cloudFront()),
                    target,
                    new ServiceEndpoint(aws.cloudFront(), new AwsReference(credentialsId, aws, role)),
                    aws);
        }

        @Override
        public String name() {
            return target.id();
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new CloudFrontPurge(client, target, selection, options).operation();
        }

        @Override
        public Optional<CdnHistory> history() {
            return Optional.of(this);
        }

        @Override
        public Operation<?, PurgeHistoryResult> list(int limit, boolean newestFirst) {
            return new CloudFrontHistory(client, target, limit, newestFirst).operation();
        }

        @Override
        public Operation<?, PurgeHistoryEntry> get(String requestId) {
            return CloudFrontHistory.one(client, target, new InputField("requestId", requestId).asName());
        }

        /** Reads whose keys these are, then the list of invalidations. */
        ConnectionCheck<?> connectionCheck() {
            return ConnectionCheck.followedBy(
                    new StsClient(aws).callerIdentity(),
                    endpoint,
                    arn -> new ConnectionCheck<>(
                            client.list(target, Optional.empty(), 1),
                            endpoint,
                            page -> page.invalidations().isEmpty()
                                    ? Messages.CloudFrontProvider_connectedButEmpty(shownTarget(), arn)
                                    : Messages.CloudFrontProvider_connected(
                                            shownTarget(),
                                            arn,
                                            page.invalidations().get(0).createdAt())));
        }

        /** In the language of who looks at the form. */
        private String shownTarget() {
            return target.text().in(LocaleProvider.getLocale());
        }
    }

    private static AwsEndpoints endpoints(UrlApproval urls, String apiUrl, String stsUrl) {
        ApiUrl cloudFront = urls.approvedVendorUrl(CloudFrontClient.SERVICE, AwsEndpoints.VENDOR_URLS, apiUrl);
        ApiUrl sts = stsUrl == null || stsUrl.isBlank()
                ? AwsEndpoints.stsOf(cloudFront)
                : urls.approvedVendorUrl("stsUrl", StsClient.SERVICE, AwsEndpoints.VENDOR_STS_URLS, stsUrl);
        return new AwsEndpoints(cloudFront, sts);
    }

    @Extension
    @Symbol(CloudFrontPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(new VendorApi(
                    CloudFrontClient.SERVICE,
                    AwsEndpoints.VENDOR_URLS,
                    AwsReference::types,
                    id -> new AwsReference(id, AwsEndpoints.DEFAULT, Optional.empty())));
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                            SelectionType.PATHS, SelectionType.PREFIXES, SelectionType.TAGS, SelectionType.ALL)
                    .withWildcards(SelectionType.PATHS);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CloudFrontProvider_displayName();
        }

        @POST
        public FormValidation doCheckDistributionId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String tenantId) {
            return new JobForm(item).checkOnly("distributionId", value, () -> CloudFrontTarget.of(value, tenantId));
        }

        @POST
        public FormValidation doCheckTenantId(@AncestorInPath Item item, @QueryParameter String value) {
            return value.isBlank()
                    ? FormValidation.ok()
                    : new JobForm(item).check(value, () -> CloudFrontTarget.tenantId(value));
        }

        @POST
        public FormValidation doCheckRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
            return value.isBlank() ? FormValidation.ok() : new JobForm(item).check(value, () -> AwsRole.arn(value));
        }

        @POST
        public FormValidation doCheckExternalId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String roleArn) {
            return new JobForm(item).checkOnly("externalId", value, () -> AwsRole.of(roleArn, value));
        }

        @POST
        public FormValidation doCheckStsUrl(@AncestorInPath Item item, @QueryParameter String value) {
            JobForm form = new JobForm(item);
            return form.check(value, () -> endpoints(form.urls(), null, value));
        }

        /** Reads whose keys these are, then the list of invalidations. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String distributionId,
                @QueryParameter String tenantId,
                @QueryParameter String roleArn,
                @QueryParameter String externalId,
                @QueryParameter String apiUrl,
                @QueryParameter String stsUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> Target.of(
                            endpoints(form.urls(), apiUrl, stsUrl),
                            credentialsId,
                            AwsRole.of(roleArn, externalId),
                            CloudFrontTarget.of(distributionId, tenantId))
                    .connectionCheck());
        }
    }
}
