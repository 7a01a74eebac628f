package io.jenkins.plugins.cachepurge.cdn;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.SecretHeaderReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.credentials.UsernamePasswordReference;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheInput;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Self-hosted HTTP cache, in one or several instances. */
public abstract class HttpCacheProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private String url;
    private ArrayList<String> urls;
    private String host;
    private String credentialsId;
    private String credentialsHeader;
    private ArrayList<String> headers;
    private NotCached notCached = NotCached.WARN;

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

    /** A user name with password, or a secret text for a header; null for a cache without authentication. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Header that contains the secret text; null for a user name with password. */
    public final String getCredentialsHeader() {
        return credentialsHeader;
    }

    @DataBoundSetter
    public final void setCredentialsHeader(String credentialsHeader) {
        this.credentialsHeader = Util.fixEmptyAndTrim(credentialsHeader);
    }

    /** Further headers of each request, such as "X-Forwarded-Proto: https"; null for none. A Jenkinsfile has a map. */
    public final List<String> getHeaders() {
        return headers;
    }

    @DataBoundSetter
    public final void setHeaders(List<String> headers) {
        this.headers = headers == null || headers.isEmpty() ? null : new ArrayList<>(headers);
    }

    /** Headers, one per line, for the form. */
    public final String getHeaderLines() {
        return headers == null ? "" : String.join("\n", headers);
    }

    /** What follows if nothing was cached: ok, warn or fail. */
    public final String getNotCached() {
        return notCached.toString();
    }

    /** @throws InvalidInputException if it is none of them */
    @DataBoundSetter
    public final void setNotCached(String notCached) {
        this.notCached = Util.fixEmpty(notCached) == null ? NotCached.WARN : NotCached.of(notCached);
    }

    /** Client for such a cache. */
    protected abstract HttpCacheClient client(PurgeOptions options);

    /** @throws InvalidInputException if such a cache would purge other pages than selected */
    protected void check(PurgeScopes scopes, PurgeOptions options) {}

    @Override
    public final CdnTarget target(BuildContext context) {
        List<ApiUrl> instances = instances(context);
        String pagesHost = host == null ? "" : PurgeScopes.host(context.expand(host));
        Map<String, String> moreHeaders =
                CacheInput.headers(ListValues.expanded(headers == null ? List.of() : headers, context::expand));
        return new HttpCacheTarget(
                this,
                instances,
                pagesHost,
                new CacheOptions(moreHeaders, notCached),
                new ServiceEndpoint(instances.get(0), credentials(instances, moreHeaders, context)));
    }

    private CredentialsReference credentials(
            List<ApiUrl> instances, Map<String, String> moreHeaders, BuildContext context) {
        if (credentialsHeader != null) {
            String header = CacheInput.credentialsHeader(context.expand(credentialsHeader), moreHeaders);
            if (credentialsId == null) {
                throw new InvalidInputException("credentialsHeader", LocalizedText.of("caches.credentialsHeader"));
            }
            return new SecretHeaderReference(credentialsId, header, instances);
        }
        return credentialsId == null
                ? CredentialsReference.none()
                : new UsernamePasswordReference(credentialsId, instances);
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

    /** Base of the descriptors of these caches. */
    public abstract static class CacheProviderDescriptor extends CdnProviderDescriptor {

        private static final String URLS = "urls";
        private static final String HEADERS = "headers";

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

        /** A Jenkinsfile has a map of headers. */
        @Override
        protected Map<String, Object> prepared(Map<String, Object> arguments) {
            return HeaderArguments.toLines(HEADERS, arguments);
        }

        @NonNull
        @Override
        public final UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable cache) {
            return HeaderArguments.toMap(HEADERS, cache);
        }

        /** The form has texts with a URL or header per line. */
        @Override
        public final CdnProvider newInstance(StaplerRequest2 req, JSONObject form) throws Descriptor.FormException {
            List<String> headers = InputField.nonBlankLines(form.optString(HEADERS));
            form.remove(HEADERS);
            if (!headers.isEmpty()) {
                form.put(HEADERS, JSONArray.fromObject(headers));
            }
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
        public final FormValidation doCheckHeaders(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> CacheInput.headers(InputField.nonBlankLines(value)));
        }

        @POST
        public final FormValidation doCheckCredentialsHeader(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String credentialsId) {
            return new JobForm(item).check(value, () -> {
                if (!value.isBlank() && Util.fixEmptyAndTrim(credentialsId) == null) {
                    throw new InvalidInputException("credentialsHeader", LocalizedText.of("caches.credentialsHeader"));
                }
                return value.isBlank() ? "" : CacheInput.credentialsHeader(value, Map.of());
            });
        }

        @POST
        public final ListBoxModel doFillNotCachedItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.HttpCacheProvider_warn(), NotCached.WARN.toString()),
                    new ListBoxModel.Option(Messages.HttpCacheProvider_fail(), NotCached.FAIL.toString()),
                    new ListBoxModel.Option(Messages.HttpCacheProvider_ok(), NotCached.OK.toString()));
        }

        /** A secret text for a header, else a user name with password. */
        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String urls,
                @QueryParameter String credentialsHeader) {
            String first = InputField.nonBlankLines(Util.fixNull(urls)).stream()
                    .findFirst()
                    .orElse("");
            return new JobForm(item)
                    .credentialsItems(
                            Util.fixEmptyAndTrim(credentialsHeader) == null
                                    ? StandardUsernamePasswordCredentials.class
                                    : StringCredentials.class,
                            credentialsId,
                            first);
        }
    }
}
