package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.SecretHeaderReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.credentials.UsernamePasswordReference;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheInput;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.InstanceAddressOption;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** Self-hosted HTTP cache, in one or several instances. */
public abstract class HttpCacheProvider extends RoutedProvider {

    private static final long serialVersionUID = 1L;

    private String url;
    private ArrayList<String> urls;
    private String host;
    private String credentialsId;
    private String credentialsHeader;
    private ArrayList<String> headers;
    private ArrayList<String> addresses;
    private String notCached;

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

    /** At which addresses each instance is purged: "all", or a list; null for one of those of its name. */
    public final List<String> getAddresses() {
        return addresses;
    }

    @DataBoundSetter
    public final void setAddresses(List<String> addresses) {
        this.addresses = addresses == null || addresses.isEmpty() ? null : new ArrayList<>(addresses);
    }

    /** Addresses, one per line, for the form. */
    public final String getAddressLines() {
        return addresses == null ? "" : String.join("\n", addresses);
    }

    /** What follows if nothing was cached: ok, warn or fail. */
    public final String getNotCached() {
        return notCached == null ? NotCached.WARN.toString() : notCached;
    }

    @DataBoundSetter
    public final void setNotCached(String notCached) {
        this.notCached = Util.fixEmptyAndTrim(notCached);
    }

    /** Client for such a cache. */
    protected abstract HttpCacheClient client(PurgeOptions options);

    /** @throws InvalidInputException if such a cache would purge other pages than selected */
    protected void check(PurgeScopes scopes, PurgeOptions options) {}

    @Override
    public final CdnTarget target(BuildContext context) {
        List<ApiUrl> instances = instances(context);
        String pagesHost = host == null ? "" : PurgeScopes.host(context.expand(host));
        Map<String, String> moreHeaders = CacheInput.headers(expanded(headers, context));
        InstanceAddressOption places =
                CacheInput.addresses(expanded(addresses, context), instances, context.urls()::isApproved);
        CredentialsReference credentials = credentials(instances, moreHeaders, context);
        return new HttpCacheTarget(
                this,
                instances,
                pagesHost,
                new CacheOptions(moreHeaders, NotCached.of(context.expand(getNotCached())), places),
                new ServiceEndpoint(instances.get(0), credentials, route(credentials, instances)));
    }

    private static List<String> expanded(List<String> values, BuildContext context) {
        return values == null ? List.of() : ListValues.expanded(values, context::expand);
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
}
