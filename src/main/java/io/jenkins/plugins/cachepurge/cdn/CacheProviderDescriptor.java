package io.jenkins.plugins.cachepurge.cdn;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheInput;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Descriptor of a self-hosted HTTP cache. */
public abstract class CacheProviderDescriptor extends RoutedProvider.RoutedDescriptor {

    private static final String URLS = "urls";
    private static final String HEADERS = "headers";
    private static final String ADDRESSES = "addresses";

    /** URL of such a cache, as in its documentation, for messages. */
    protected abstract String exampleUrl();

    /** Whether its URL may have a path, below which the pages then are. */
    protected boolean takesPath() {
        return false;
    }

    /** @throws InvalidInputException if it is not the URL of a cache, or not approved */
    final ApiUrl approved(UrlApproval urls, String field, String text) {
        new InputField(field, text).required();
        ApiUrl url = urls.approvedUrl(field, text, exampleUrl());
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
        putLines(form, HEADERS);
        putLines(form, ADDRESSES);
        List<String> lines = InputField.nonBlankLines(form.optString(URLS));
        form.remove(URLS);
        if (lines.size() == 1) {
            form.put("url", lines.get(0));
        } else if (!lines.isEmpty()) {
            form.put(URLS, JSONArray.fromObject(lines));
        }
        return super.newInstance(req, form);
    }

    private static void putLines(JSONObject form, String field) {
        List<String> lines = InputField.nonBlankLines(form.optString(field));
        form.remove(field);
        if (!lines.isEmpty()) {
            form.put(field, JSONArray.fromObject(lines));
        }
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
    public final FormValidation doCheckAddresses(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String urls) {
        JobForm form = new JobForm(item);
        return form.checkOnly(ADDRESSES, value + Util.fixNull(urls), () -> {
            List<String> addresses = CacheInput.addresses(InputField.nonBlankLines(value));
            List<ApiUrl> instances = InputField.nonBlankLines(Util.fixNull(urls)).stream()
                    .map(line -> approved(form.urls(), URLS, line))
                    .toList();
            return instances.isEmpty()
                    ? addresses
                    : CacheInput.addresses(addresses, instances, form.urls()::isApproved);
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
