package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyStatus;
import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.freestyle.WhenFailed;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names and numbers in the documents are those of the code. */
class DocumentedNamesTest {

    private static final Path STEPS = Documents.DOCS.resolve("steps");
    private static final Path CONFIGURATION = Documents.DOCS.resolve("configuration.md");
    private static final Path REQUESTS = Documents.DOCS.resolve("requests.md");
    private static final Pattern NAMES = Pattern.compile("`([^`]+)`");

    @Test
    void keysOfResults() {
        PurgeResult purge = new PurgeResult("", "", "", PurgeSelection.all()).withNotCached(List.of("/a"), List.of());
        Map.of(
                        "buddyClearCache", new BuddyCacheClear.Result(1, "", "", "", "").toPipelineValue(),
                        "buddyRunScheduled", new BuddyExecutionResult(1, "", "", "", "", "").toPipelineValue(),
                        "cdnPurge", (Map<?, ?>) purge.toPipelineValue(Instant.EPOCH, 0),
                        "cdnPurgeHistory", new PurgeHistoryEntry("", "", true, 0, "", "").toPipelineValue(),
                        "pipelineClearStorage", new FelderaStorageClear.Result("", "", "").toPipelineValue())
                .forEach((step, result) -> assertEquals(
                        new TreeSet<>(result.keySet()), names(STEPS.resolve(step + ".md"), "Result", 0), step));
    }

    @Test
    void statesOfExecutions() {
        Set<String> words = Stream.of(BuddyStatus.values())
                .filter(status -> status != BuddyStatus.UNKNOWN)
                .map(BuddyStatus::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(words, names(STEPS.resolve("buddyRunScheduled.md"), "Status", 0));
    }

    @Test
    void vendorsUrls() {
        assertEquals(
                Stream.of(
                                BuddyClient.VENDOR_URLS,
                                ScalewayClient.VENDOR_URLS,
                                GotipathClient.VENDOR_URLS,
                                FelderaClient.VENDOR_URLS,
                                FastlyClient.VENDOR_URLS,
                                CloudflareClient.VENDOR_URLS,
                                KeyCdnClient.VENDOR_URLS,
                                BunnyClient.VENDOR_URLS,
                                GcoreClient.VENDOR_URLS,
                                GoogleCdnClient.VENDOR_URLS,
                                AzureFrontDoorClient.VENDOR_URLS,
                                AwsEndpoints.VENDOR_URLS,
                                AwsEndpoints.VENDOR_STS_URLS)
                        .map(List::stream)
                        .map(urls -> urls.map(ApiUrl::toString).toList())
                        .toList(),
                Documents.rows(CONFIGURATION).stream()
                        .filter(row -> row.title().equals("Approved URLs"))
                        .map(row ->
                                names(row.cells().get(1) + row.cells().get(2)).toList())
                        .toList());
    }

    @Test
    void limits() {
        Map<String, String> limits = Documents.rows(CONFIGURATION).stream()
                .filter(row -> row.title().equals("Fixed limits"))
                .collect(Collectors.toMap(
                        row -> row.cells().get(0), row -> row.cells().get(1)));
        assertEquals(HttpLimits.CONNECT_TIMEOUT.toSeconds() + " s", limits.get("connecting"));
        assertEquals(HttpLimits.EXCHANGE_TIMEOUT.toSeconds() + " s", limits.get("one request, response included"));
        assertTrue(limits.get("body of a response").startsWith((HttpLimits.MAX_BODY_BYTES >> 20) + " MiB;"));
    }

    @Test
    void numbersOfPolls() {
        String text = Documents.read(REQUESTS).replace("\n", " ");
        String numbers = "%d polls in ten seconds, %d in a minute, %d in ten minutes"
                .formatted(polls(Duration.ofSeconds(10)), polls(Duration.ofMinutes(1)), polls(Duration.ofMinutes(10)));
        assertTrue(text.contains(numbers), numbers);
    }

    /** How often a service is polled in a time. */
    private static int polls(Duration time) {
        VirtualTime clock = new VirtualTime();
        AtomicInteger polls = new AtomicInteger();
        EngineHarness harness = new EngineHarness(DriverKind.ASYNC, clock, new CountingService(polls), Signer.NONE);
        harness.run(Endless.operation(), time);
        return polls.get();
    }

    private record CountingService(AtomicInteger polls) implements SimService {

        @Override
        public String name() {
            return "Service";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            polls.incrementAndGet();
            return SimResponse.json(200, Map.of());
        }
    }

    /** Is never done. */
    private record Endless() implements State<ApiCall<String>, PurgeHistoryResult> {

        static Operation<ApiCall<String>, PurgeHistoryResult> operation() {
            ApiCall<String> poll = new ApiCall<>(
                    "Service",
                    "show it",
                    ApiRequest.get(ApiUrl.of("https://api.example.org").resolve("it")),
                    (json, response) -> "",
                    (response, json) -> ServiceError.of(""),
                    Idempotency.IDEMPOTENT);
            return Operation.of(new OperationDescription("Service", OperationKind.STATUS, "it"), poll, new Waiting());
        }

        @Override
        public Next<ApiCall<String>, PurgeHistoryResult> next(ApiCall<String> poll) {
            return Next.exchange(poll, unused -> new Waiting());
        }
    }

    private record Waiting() implements State<ApiCall<String>, PurgeHistoryResult> {

        @Override
        public Next<ApiCall<String>, PurgeHistoryResult> next(ApiCall<String> poll) {
            return new Next.Wait<>(LocalizedText.inOneLanguage(""), new Endless());
        }
    }

    @Test
    void freestyleMenusAndOptions() throws IOException {
        Path page = Documents.DOCS.resolve("freestyle.md");
        List<String> menu = Documents.rows(page).stream()
                .filter(row -> row.cells().get(1).contains("steps/"))
                .map(row -> row.cells().get(0))
                .toList();
        Map<String, String> steps = properties("input/LocalizedText");
        assertEquals(
                Stream.of("buddyClearCache", "buddyRunScheduled", "cdnPurge", "cdnVerify", "pipelineClearStorage")
                        .map(step -> steps.get("step." + step))
                        .toList(),
                menu);
        Map<String, String> options = properties("freestyle/Messages");
        assertEquals(
                Stream.of(WhenFailed.values())
                        .map(option -> options.get("WhenFailed." + option.name().toLowerCase()))
                        .toList(),
                Documents.rows(page).stream()
                        .filter(row -> row.title().equals("Failures"))
                        .map(row -> row.cells().get(0))
                        .toList());
    }

    /** A test that the guide names can be run. */
    @Test
    void testsOfTheGuide() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        List<String> named = Pattern.compile("-Dtest=(\\w+)|`(\\w+Test)`|`(EngineHarness)`")
                .matcher(Documents.read(Path.of("CONTRIBUTING.md")))
                .results()
                .map(found -> found.group().replace("-Dtest=", "").replace("`", ""))
                .toList();
        assertTrue(named.size() >= 4, named::toString);
        assertTrue(tests.containsAll(named), named::toString);
    }

    private static TreeSet<String> names(Path page, String title, int column) {
        return Documents.rows(page).stream()
                .filter(row -> row.title().equals(title))
                .flatMap(row -> names(row.cells().get(column)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(String cell) {
        return NAMES.matcher(cell).results().map(found -> found.group(1));
    }

    private static Map<String, String> properties(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(
                Path.of("src/main/resources/io/jenkins/plugins/cachepurge", file + ".properties"))) {
            properties.load(in);
        }
        return properties.entrySet().stream()
                .collect(Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
    }
}
