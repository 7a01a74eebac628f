package io.jenkins.plugins.cachepurge.cdn;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.credentials.UsernamePasswordReference;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Self-hosted HTTP cache, in one or several instances. */
public abstract class HttpCacheProvider extends RoutedProvider {

    private static final long serialVersionUID = 1L;

    private String url;
    private ArrayList<String> urls;
    private String host;
    private String credentialsId;

    /** URL of its only instance; null if there are {@link #getUrls() several}. */
    public final String getUrl() {
        return url;
    }

    @DataBoundSetter
    public final void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** URLs of its instances; null if there is {@link #getUrl() one}. */
    public final List<String> getUrls() {
        return urls;
    }

    @DataBoundSetter
    public final void setUrls(List<String> urls) {
        this.urls = urls == null ? null : new ArrayList<>(urls);
    }

    /** URLs of its instances, one per line, for the form. */
    public final String getLines() {
        return url == null && urls != null ? String.join("\n", urls) : url;
    }

    /** Host of the pages, for selections without a host; null for the host of the cache's own URL. */
    public final String getHost() {
        return host;
    }

    @DataBoundSetter
    public final void setHost(String host) {
        this.host = Util.fixEmptyAndTrim(host);
    }

    /** A user name with password; null for a cache without authentication. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Client for such a cache. */
    protected abstract HttpCacheClient client(PurgeOptions options);

    /** @throws InvalidInputException if such a cache would purge other pages than selected */
    protected void check(PurgeScopes scopes) {}

    @Override
    public final CdnTarget target(BuildContext context) {
        List<ApiUrl> instances = instances(context);
        String pagesHost = host == null ? "" : PurgeScopes.host(context.expand(host));
        CredentialsReference credentials = credentialsId == null
                ? CredentialsReference.none()
                : new UsernamePasswordReference(credentialsId, instances);
        return new Target(
                this,
                instances,
                pagesHost,
                new ServiceEndpoint(instances.get(0), credentials, route(credentials, instances)));
    }

    private List<ApiUrl> instances(BuildContext context) {
        if (url == null && urls == null) {
            throw new InvalidInputException("url", LocalizedText.of("missing"));
        }
        // Job DSL writes a list that a job does not name as an empty one.
        if (url != null && urls != null && !urls.isEmpty()) {
            throw new InvalidInputException("urls", LocalizedText.of("selection.two", "url"));
        }
        return url == null ? instances("urls", urls, context) : instances("url", List.of(url), context);
    }

    private List<ApiUrl> instances(String field, List<String> texts, BuildContext context) {
        CacheProviderDescriptor descriptor = (CacheProviderDescriptor) getDescriptor();
        List<ApiUrl> instances = ListValues.expanded(texts, context::expand).stream()
                .map(text -> descriptor.approved(context.urls(), field, text))
                .distinct()
                .toList();
        if (instances.isEmpty()) {
            throw new InvalidInputException(field, LocalizedText.of("missing"));
        }
        return instances;
    }

    private record Target(HttpCacheProvider provider, List<ApiUrl> instances, String host, ServiceEndpoint endpoint)
            implements CdnTarget {

        @Override
        public String name() {
            return instances.stream().map(ApiUrl::toString).collect(Collectors.joining(", "));
        }

        /** The host of the cache's own URL is mostly not one of the pages. */
        @Override
        public boolean knowsHosts() {
            return !host.isEmpty();
        }

        /** An instance may have pages of many hosts. */
        @Override
        public String identity() {
            return host.isEmpty() ? name() : "%s of %s".formatted(host, name());
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            PurgeScopes scopes = new PurgeScopes(selection, host);
            provider.check(scopes);
            String symbol = provider.getDescriptor().symbolName();
            return new HttpCachePurge(symbol, provider.client(options), scopes, instances).operation();
        }
    }

    /** Base of the descriptors of these caches. */
    public abstract static class CacheProviderDescriptor extends RoutedDescriptor {

        private static final String URLS = "urls";

        /** Whether its URL may have a path, below which the pages then are. */
        protected boolean takesPath() {
            return false;
        }

        /** @throws InvalidInputException if it is not the URL of a cache, or not approved */
        final ApiUrl approved(UrlApproval urls, String field, String text) {
            new InputField(field, text).required();
            ApiUrl url = urls.approvedUrl(field, text);
            if (!takesPath() && !url.hasNoPath()) {
                throw new InvalidInputException(
                        field, LocalizedText.of("caches.path", PrintableText.quote(url.toString())));
            }
            return url;
        }

        /** The form has one text with a URL per line. */
        @Override
        public final CdnProvider newInstance(StaplerRequest2 req, JSONObject form) throws Descriptor.FormException {
            List<String> lines = InputField.nonBlankLines(form.optString(URLS));
            form.remove(URLS);
            if (lines.size() == 1) {
                form.put("url", lines.get(0));
            } else if (!lines.isEmpty()) {
                form.put(URLS, JSONArray.fromObject(lines));
            }
            return super.newInstance(req, form);
        }

        @POST
        public final FormValidation doCheckUrls(@AncestorInPath Item item, @QueryParameter String value) {
            JobForm form = new JobForm(item);
            return form.check(value, () -> {
                new InputField(URLS, value.replace('\n', ' ').replace('\r', ' ')).required();
                return InputField.nonBlankLines(value).stream()
                        .map(line -> approved(form.urls(), URLS, line))
                        .toList();
            });
        }

        @POST
        public final FormValidation doCheckHost(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? "" : PurgeScopes.host(value));
        }

        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String urls) {
            String first = InputField.nonBlankLines(Util.fixNull(urls)).stream()
                    .findFirst()
                    .orElse("");
            return new JobForm(item).credentialsItems(StandardUsernamePasswordCredentials.class, credentialsId, first);
        }
    }
}
