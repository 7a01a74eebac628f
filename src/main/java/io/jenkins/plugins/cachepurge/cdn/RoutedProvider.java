package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.credentials.CertificateReference;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.RouteSettings;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.RouteForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** CDN in a network of one's own, which the controller may not reach, and whose certificates Java may not trust. */
public abstract class RoutedProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private String via;
    private String certificate;

    /** Which machine sends the requests: "controller", or "agent" for the one on which the step runs. */
    public final String getVia() {
        return via == null ? Via.CONTROLLER.toString() : via;
    }

    @DataBoundSetter
    public final void setVia(String via) {
        this.via = Util.fixEmptyAndTrim(via);
    }

    /** A secret file or certificate with authorities that are trusted for it alone; null for those of Java. */
    public final String getCertificate() {
        return certificate;
    }

    @DataBoundSetter
    public final void setCertificate(String certificate) {
        this.certificate = Util.fixEmptyAndTrim(certificate);
    }

    /**
     * How requests get to it.
     *
     * @param credentials sent along
     * @param urls where they are sent
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if a parameter cannot be used
     */
    protected final RouteSettings route(CredentialsReference credentials, List<ApiUrl> urls) {
        return RouteSettings.of(via, certificate, credentials, urls);
    }

    /** Base of the descriptors of these CDNs; their forms have a field {@code urls}. */
    public abstract static class RoutedDescriptor extends CdnProviderDescriptor {

        @POST
        public final ListBoxModel doFillViaItems() {
            return RouteForm.viaItems();
        }

        @POST
        public final ListBoxModel doFillCertificateItems(
                @AncestorInPath Item item, @QueryParameter String certificate, @QueryParameter String urls) {
            String first = InputField.nonBlankLines(Util.fixNull(urls)).stream()
                    .findFirst()
                    .orElse("");
            return new JobForm(item).credentialsItems(CertificateReference.TYPES, certificate, first);
        }
    }
}
