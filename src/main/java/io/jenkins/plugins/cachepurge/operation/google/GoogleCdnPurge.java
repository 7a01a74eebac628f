package io.jenkins.plugins.cachepurge.operation.google;

import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient.Rule;
import io.jenkins.plugins.cachepurge.client.google.GoogleOperation;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.input.ValueText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PolledRequestsPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.RemoteOperation;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Purge of what Google Cloud CDN has cached for a URL map: an invalidation for each path, prefix and host, or for ten tags. The
 * id of each request is made of the execution's id, so that Google ignores a repeat.
 *
 * @see <a href="https://docs.cloud.google.com/cdn/docs/cache-invalidation-overview">Google: cache invalidation</a>
 */
public record GoogleCdnPurge(GoogleCdnClient client, PurgeSelection selection, PurgeOptions options)
        implements PolledRequestsPurge {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "googleCdn";

    private static final Pattern PROJECT = Pattern.compile("(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]|[1-9][0-9]*");
    private static final Pattern URL_MAP = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** As many as 500 invalidations a minute keep busy, if each takes ten seconds. */
    private static final int MAX_RUNNING = 84;

    private static final String EVERYTHING = "/*";

    /** @throws InvalidInputException for a path or prefix that Google does not take */
    public GoogleCdnPurge {
        selection.values().forEach(value -> check(selection.type(), value));
    }

    private static void check(SelectionType type, String value) {
        if (type == SelectionType.PATHS && value.contains("?")) {
            throw wrong(type, LocalizedText.of("google.query", shown(value)));
        }
        if (type == SelectionType.PREFIXES && !isPrefix(value)) {
            throw wrong(type, LocalizedText.of("google.prefix", shown(value)));
        }
    }

    private static boolean isPrefix(String value) {
        return value.endsWith("/") && !value.contains("?") && (value.startsWith("/") || PageUrl.isHostAndPath(value));
    }

    /** Text before an @ may be a password. */
    private static String shown(String value) {
        return value.contains("@") ? "\u2026" : PrintableText.quote(value);
    }

    private static InvalidInputException wrong(SelectionType type, LocalizedText advice) {
        return new InvalidInputException(type.parameter(), advice);
    }

    /** Id or number of a project, such as {@code my-project} or {@code 123456789012}. */
    public static String project(String text) {
        return new InputField("project", text).matching(PROJECT, "google.project");
    }

    /** Name of a URL map, such as {@code web-map}. */
    public static String urlMap(String text) {
        return new InputField("urlMap", text).matching(URL_MAP, "google.urlMap");
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(GoogleCdnClient.SERVICE, LocalizedText.of("target.urlMap", client.urlMap()));
    }

    private Batches batches() {
        return new Batches(selection, selection.type() == SelectionType.TAGS ? GoogleCdnClient.MAX_TAGS : 1);
    }

    @Override
    public int requestCount() {
        return batches().count();
    }

    @Override
    public int valueCount(int index) {
        return batches().size(index);
    }

    @Override
    public int concurrency() {
        return MAX_RUNNING;
    }

    @Override
    public boolean waitsForCompletion() {
        return options.waitForCompletion();
    }

    @Override
    public ApiCall<RemoteOperation> submit(int index) {
        List<String> values = batches().batch(index);
        String what = selection.isAll()
                ? "everything"
                : ValueText.of(values, selection.type().noun());
        String key = options.executionId() + "/" + index;
        return client.invalidate(rule(values), key, what).map(GoogleCdnPurge::remote);
    }

    private Rule rule(List<String> values) {
        return switch (selection.type()) {
            case PATHS -> new Rule(values.get(0), null, null);
            case PREFIXES -> prefix(values.get(0));
            case HOSTS -> new Rule(EVERYTHING, values.get(0), null);
            case TAGS -> new Rule(null, null, values);
            case ALL -> new Rule(EVERYTHING, null, null);
            case URLS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    private static Rule prefix(String prefix) {
        int slash = prefix.indexOf('/');
        return new Rule(prefix.substring(slash) + "*", slash == 0 ? null : prefix.substring(0, slash), null);
    }

    @Override
    public ApiCall<RemoteOperation> poll(RemoteOperation last) {
        return client.operation(last.link()).map(GoogleCdnPurge::remote);
    }

    private static RemoteOperation remote(GoogleOperation operation) {
        return new RemoteOperation(
                operation.name(),
                operation.name(),
                operation.status(),
                operation.remoteStatus(),
                operation.error() == null ? "" : operation.error(),
                null);
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, client.urlMap(), tally.statuses().first(), selection, tally);
    }

    @Override
    public String adviceOnFailure() {
        return "Check project and urlMap, and purge again.";
    }
}
