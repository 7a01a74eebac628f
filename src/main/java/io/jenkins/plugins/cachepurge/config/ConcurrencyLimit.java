package io.jenkins.plugins.cachepurge.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import okhttp3.HttpUrl;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Maximum number of requests to a URL at the same time, set by an administrator. */
public final class ConcurrencyLimit extends AbstractDescribableImpl<ConcurrencyLimit> {

    static final int MAX = 64;

    private final String url;
    private final int maxConcurrent;

    /**
     * @param url includes the URLs below it
     * @param maxConcurrent for each credential, 1 to 64
     * @throws InvalidInputException if one of them cannot be used
     */
    @DataBoundConstructor
    public ConcurrencyLimit(String url, int maxConcurrent) {
        this.url = ApiUrl.of(new InputField("url", url)).toString();
        this.maxConcurrent = InputField.inRange("maxConcurrent", maxConcurrent, 1, MAX);
    }

    public String getUrl() {
        return url;
    }

    public int getMaxConcurrent() {
        return maxConcurrent;
    }

    /** Whether it applies to a request. */
    boolean appliesTo(HttpUrl requested) {
        HttpUrl base = HttpUrl.get(url);
        return base.scheme().equals(requested.scheme())
                && base.host().equals(requested.host())
                && base.port() == requested.port()
                && startsWith(requested.encodedPathSegments(), segments());
    }

    /** @throws InvalidInputException if two limits are for the same URL, in whatever spelling */
    static void checkUnique(List<ConcurrencyLimit> limits) {
        for (ConcurrencyLimit limit : limits) {
            if (limits.stream().anyMatch(other -> other != limit && other.isForTheUrlOf(limit))) {
                throw new InvalidInputException("url", LocalizedText.of("limit.twice", PrintableText.quote(limit.url)));
            }
        }
    }

    private boolean isForTheUrlOf(ConcurrencyLimit other) {
        return depth() == other.depth() && appliesTo(HttpUrl.get(other.url));
    }

    /** Number of path segments of its URL: of several limits the longest URL applies. */
    int depth() {
        return segments().size();
    }

    private List<String> segments() {
        return HttpUrl.get(url).encodedPathSegments().stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ConcurrencyLimit> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConcurrencyLimit_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return check(() -> ApiUrl.of(new InputField("url", value)));
        }

        @POST
        public FormValidation doCheckMaxConcurrent(@QueryParameter String value) {
            return check(() -> new InputField("maxConcurrent", value).inRange(1, MAX));
        }

        private static FormValidation check(Supplier<?> input) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                input.get();
                return FormValidation.ok();
            } catch (InvalidInputException e) {
                return FormValidation.error(e.reason(LocaleProvider.getLocale()));
            }
        }
    }
}
