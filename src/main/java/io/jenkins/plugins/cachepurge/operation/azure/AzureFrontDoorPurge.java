package io.jenkins.plugins.cachepurge.operation.azure;

import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.azure.AzureOperation;
import io.jenkins.plugins.cachepurge.client.azure.AzureOperationUrl;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PolledRequestsPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.RemoteOperation;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Purge of an endpoint of Azure Front Door, with a long-running operation for each hundred paths.
 *
 * @param domains names of hosts; empty for that of the endpoint itself
 * @see <a href="https://learn.microsoft.com/en-us/azure/frontdoor/standard-premium/how-to-cache-purge">Microsoft: cache purging
 *     </a>
 */
public record AzureFrontDoorPurge(
        AzureFrontDoorClient client, List<String> domains, PurgeSelection selection, PurgeOptions options)
        implements PolledRequestsPurge {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "azureFrontDoor";

    private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]");
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,258}[A-Za-z0-9])?");
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,44}[A-Za-z0-9])?");

    private static final List<String> EVERYTHING = List.of("/*");

    /** @throws InvalidInputException for a path or prefix that Azure would read in another way */
    public AzureFrontDoorPurge {
        domains = List.copyOf(domains);
        selection.values().forEach(value -> check(selection.type(), value));
    }

    private static void check(SelectionType type, String value) {
        String shown = value.contains("@") ? "\u2026" : PrintableText.quote(value);
        boolean query = value.contains("?");
        if (type == SelectionType.PATHS && query) {
            throw new InvalidInputException(type.parameter(), LocalizedText.of("azure.query", shown));
        }
        if (type == SelectionType.PREFIXES && (query || !value.startsWith("/") || !value.endsWith("/"))) {
            throw new InvalidInputException(type.parameter(), LocalizedText.of("azure.prefix", shown));
        }
    }

    /** Name of a resource group. */
    public static String resourceGroup(String text) {
        return new InputField("resourceGroup", text).matching(RESOURCE_GROUP, "azure.resourceGroup");
    }

    /** Name of a profile. */
    public static String profile(String text) {
        return new InputField("profile", text).matching(PROFILE, "azure.profile");
    }

    /** Name of an endpoint, which is the start of its host. */
    public static String endpoint(String text) {
        return new InputField("endpoint", text).matching(ENDPOINT, "azure.endpoint");
    }

    /** Name of a host, in the form in which it is sent. */
    public static String domain(String text) {
        String domain = new InputField("domains", text).required();
        return PageUrl.asciiHost(domain)
                .orElseThrow(() -> new InvalidInputException(
                        "domains", LocalizedText.of("azure.domain", PrintableText.quote(domain))));
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(
                AzureFrontDoorClient.SERVICE, LocalizedText.of("target.endpoint", client.endpoint()));
    }

    private Batches batches() {
        return new Batches(selection, AzureFrontDoorClient.MAX_PATHS);
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
    public boolean waitsForCompletion() {
        return options.waitForCompletion();
    }

    @Override
    public ApiCall<RemoteOperation> submit(int index) {
        List<String> paths = selection.isAll()
                ? EVERYTHING
                : WildcardPaths.of(selection.type(), batches().batch(index));
        return client.purge(paths, domains).map(AzureFrontDoorPurge::remote);
    }

    @Override
    public ApiCall<RemoteOperation> poll(RemoteOperation last) {
        return client.operation(AzureOperationUrl.parse(last.link())).map(AzureFrontDoorPurge::remote);
    }

    private static RemoteOperation remote(AzureOperation operation) {
        return new RemoteOperation(
                operation.url().map(AzureOperationUrl::id).orElse(null),
                operation.url().map(AzureOperationUrl::text).orElse(null),
                operation.status(),
                operation.remoteStatus(),
                operation.error(),
                operation.pollAt().orElse(null));
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, client.endpoint(), tally.statuses().first(), selection, tally);
    }

    @Override
    public String adviceOnFailure() {
        return "Purge again, or look at the activity log of the endpoint in Azure.";
    }
}
