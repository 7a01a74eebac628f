package io.jenkins.plugins.cachepurge.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import okhttp3.HttpUrl;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Manage Jenkins » System » Cache Purge: the API URLs, other than the vendors' own, that jobs may send credentials to, and
 * how many requests may be sent at the same time.
 */
@Extension
@Symbol("cachePurge")
public final class CachePurgeConfiguration extends GlobalConfiguration implements UrlApproval {

    private static final String URLS = "allowedApiUrls";
    private static final String AGENT_URLS = "agentApiUrls";

    private List<String> allowedApiUrls = List.of();
    private List<String> agentApiUrls = List.of();
    private List<ConcurrencyLimit> concurrency = List.of();

    public CachePurgeConfiguration() {
        load();
    }

    public static CachePurgeConfiguration get() {
        return ExtensionList.lookupSingleton(CachePurgeConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.CachePurgeConfiguration_displayName();
    }

    /** Approved base URLs; each includes the URLs below it. */
    public List<String> getAllowedApiUrls() {
        return allowedApiUrls == null ? List.of() : allowedApiUrls;
    }

    /** @throws InvalidInputException if one cannot be approved */
    @DataBoundSetter
    public void setAllowedApiUrls(List<String> urls) {
        allowedApiUrls = checked(URLS, urls);
        save();
    }

    /** Approved base URLs to which agents may send credentials, too; each includes the URLs below it. */
    public List<String> getAgentApiUrls() {
        return agentApiUrls == null ? List.of() : agentApiUrls;
    }

    /** @throws InvalidInputException if one cannot be approved */
    @DataBoundSetter
    public void setAgentApiUrls(List<String> urls) {
        agentApiUrls = checked(AGENT_URLS, urls);
        save();
    }

    private static List<String> checked(String field, List<String> urls) {
        return urls.stream()
                .map(String::trim)
                .filter(url -> !url.isEmpty())
                .map(url -> ApiUrl.of(new InputField(field, url)).toString())
                .distinct()
                .toList();
    }

    /** One per line, for the form. */
    public String getLines() {
        return String.join("\n", getAllowedApiUrls());
    }

    /** One per line, for the form. */
    public String getAgentLines() {
        return String.join("\n", getAgentApiUrls());
    }

    /** Maximum numbers of requests at the same time, for URLs with other limits than the default. */
    public List<ConcurrencyLimit> getConcurrency() {
        return concurrency == null ? List.of() : concurrency;
    }

    /** @throws InvalidInputException if two of them are for the same URL */
    @DataBoundSetter
    public void setConcurrency(List<ConcurrencyLimit> limits) {
        ConcurrencyLimit.checkUnique(limits);
        concurrency = new ArrayList<>(limits);
        save();
    }

    /**
     * Maximum number of requests to a URL at the same time, from the limit with the longest URL; empty if none applies.
     */
    OptionalInt maxConcurrent(HttpUrl url) {
        return getConcurrency().stream()
                .filter(limit -> limit.appliesTo(url))
                .max(Comparator.comparingInt(ConcurrencyLimit::depth))
                .map(limit -> OptionalInt.of(limit.getMaxConcurrent()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            List<ConcurrencyLimit> limits = bind(json.opt("concurrency"));
            ConcurrencyLimit.checkUnique(limits);
            List<String> urls = checked(URLS, json.getString(URLS).lines().toList());
            setAgentApiUrls(json.optString(AGENT_URLS).lines().toList());
            setAllowedApiUrls(urls);
            setConcurrency(limits);
            return true;
        } catch (InvalidInputException e) {
            FieldLabels labels = new FieldLabels(
                    List.of(URLS, AGENT_URLS).contains(e.field())
                            ? CachePurgeConfiguration.class
                            : ConcurrencyLimit.class);
            throw new FormException(labels.message(e, LocaleProvider.getLocale()), URLS);
        }
    }

    /** Creates the limits without Stapler, which hides the messages of constructors. */
    private static List<ConcurrencyLimit> bind(Object rows) {
        if (rows == null) {
            return List.of();
        }
        List<?> all = rows instanceof JSONArray array ? array : List.of(rows);
        return all.stream()
                .map(JSONObject::fromObject)
                .map(row -> new ConcurrencyLimit(
                        row.optString("url"),
                        new InputField("maxConcurrent", row.optString("maxConcurrent"))
                                .inRange(1, ConcurrencyLimit.MAX)))
                .toList();
    }

    @Override
    public boolean isApproved(ApiUrl url) {
        return contains(getAllowedApiUrls(), url) || isApprovedForAgents(url);
    }

    /** Whether agents may send credentials to it. */
    public boolean isApprovedForAgents(ApiUrl url) {
        return contains(getAgentApiUrls(), url);
    }

    private static boolean contains(List<String> bases, ApiUrl url) {
        return bases.stream().map(ApiUrl::of).anyMatch(base -> base.contains(url));
    }

    @POST
    public FormValidation doCheckAllowedApiUrls(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return check(value);
    }

    @POST
    public FormValidation doCheckAgentApiUrls(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return check(value);
    }

    private static FormValidation check(String value) {
        List<String> all = value.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            try {
                InputField.nonBlankLines(all.get(i)).forEach(line -> ApiUrl.of(new InputField(URLS, line)));
            } catch (InvalidInputException e) {
                return FormValidation.error(
                        Messages.CachePurgeConfiguration_line(i + 1, e.reason(LocaleProvider.getLocale())));
            }
        }
        return InputField.nonBlankLines(value).stream().map(ApiUrl::of).anyMatch(ApiUrl::isPlainHttp)
                ? FormValidation.warning(Messages.CachePurgeConfiguration_http())
                : FormValidation.ok();
    }
}
