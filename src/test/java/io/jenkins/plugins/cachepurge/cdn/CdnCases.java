package io.jenkins.plugins.cachepurge.cdn;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.credentials.AkamaiApiCredentials;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;

/** All CDNs of this plugin, each with its simulator. */
public final class CdnCases {

    static final String CREDENTIALS_ID = "secret";

    private static final InstantSource CLOCK = InstantSource.system();
    private static final List<String> NONE = List.of();
    private static final List<String> PATHS = List.of("/index.html", "/app.js");
    private static final List<String> URLS =
            List.of("https://www.example.org/index.html", "https://www.example.org/app.js");
    private static final List<String> TAGS = List.of("article-7", "home");

    private CdnCases() {}

    public static List<CdnCase> all() {
        return Stream.concat(
                        Stream.of(
                                scaleway(),
                                gotipath(),
                                fastly(),
                                cloudflare(),
                                keycdn(),
                                akamai(),
                                googleCdn(),
                                azureFrontDoor(),
                                bunny(),
                                gcore(),
                                buddyDistribution(),
                                cloudFront()),
                        caches())
                .toList();
    }

    private static CdnCase scaleway() {
        return token(
                "scaleway",
                STANDARD.scaleway(CLOCK).purgeTakes(Duration.ZERO, "done"),
                STANDARD.scalewaySecretKey(),
                "pipelineId: '%s'".formatted(STANDARD.scalewayPipelineId()),
                Map.of(SelectionType.PATHS, PATHS, SelectionType.ALL, NONE));
    }

    private static CdnCase gotipath() {
        Credentials credentials = new GotipathApiCredentials(
                CredentialsScope.GLOBAL,
                CREDENTIALS_ID,
                "",
                STANDARD.gotipathClientId(),
                STANDARD.gotipathLibraryId(),
                Secret.fromString(STANDARD.gotipathApiKey()));
        return new CdnCase(
                "gotipath",
                STANDARD.gotipath(CLOCK),
                url -> Optional.of(credentials),
                STANDARD.gotipathApiKey(),
                "credentialsId: '%s', distributionId: '%s'"
                        .formatted(CREDENTIALS_ID, STANDARD.gotipathDistributionId()),
                "apiUrl",
                "",
                Map.of(SelectionType.PATHS, PATHS, SelectionType.ALL, NONE));
    }

    private static CdnCase fastly() {
        return token(
                "fastly",
                FastlySimulator.demo(CLOCK),
                FastlySimulator.DEMO_TOKEN,
                "serviceId: '%s'".formatted(FastlySimulator.DEMO_SERVICE),
                Map.of(SelectionType.URLS, URLS, SelectionType.TAGS, TAGS, SelectionType.ALL, NONE));
    }

    private static CdnCase cloudflare() {
        return token(
                        "cloudflare",
                        CloudflareSimulator.demo(CLOCK),
                        CloudflareSimulator.DEMO_TOKEN,
                        "zoneId: '%s'".formatted(CloudflareSimulator.DEMO_ZONE),
                        Map.of(
                                SelectionType.URLS,
                                List.of("https://www.example.com/index.html", "https://www.example.com/app.js"),
                                SelectionType.TAGS,
                                TAGS,
                                SelectionType.PREFIXES,
                                List.of("www.example.com/blog", "www.example.com/shop"),
                                SelectionType.HOSTS,
                                List.of("www.example.com", "static.example.com"),
                                SelectionType.ALL,
                                NONE))
                .below("/client/v4");
    }

    private static CdnCase keycdn() {
        return token(
                "keycdn",
                KeyCdnSimulator.demo(CLOCK),
                KeyCdnSimulator.DEMO_KEY,
                "zoneId: '%s'".formatted(KeyCdnSimulator.DEMO_ZONE),
                Map.of(
                        SelectionType.URLS,
                        List.of("https://demo-1.kxcdn.com/index.html", "https://demo-1.kxcdn.com/app.js"),
                        SelectionType.TAGS,
                        TAGS,
                        SelectionType.ALL,
                        NONE));
    }

    private static CdnCase akamai() {
        return new CdnCase(
                "akamai",
                AkamaiSimulator.demo(CLOCK).purgeTakes(0),
                url -> Optional.of(akamaiCredentials(CREDENTIALS_ID, url)),
                AkamaiSimulator.DEMO_CLIENT_SECRET,
                "credentialsId: '%s', cpCodes: [%d]".formatted(CREDENTIALS_ID, AkamaiSimulator.DEMO_CP_CODE),
                "",
                "",
                Map.of(SelectionType.URLS, URLS, SelectionType.TAGS, TAGS, SelectionType.ALL, NONE));
    }

    private static CdnCase googleCdn() {
        GoogleCdnSimulator google = GoogleCdnSimulator.demo(CLOCK).invalidationTakes(Duration.ZERO);
        return new CdnCase(
                "googleCdn",
                google,
                url -> Optional.of(secretFile(CREDENTIALS_ID, google.account().jsonKey(url + "/token"))),
                google.account().secret().substring(0, 60),
                "credentialsId: '%s', project: '%s', urlMap: '%s'"
                        .formatted(CREDENTIALS_ID, GoogleCdnSimulator.DEMO_PROJECT, GoogleCdnSimulator.DEMO_URL_MAP),
                "apiUrl",
                "",
                Map.of(
                        SelectionType.PATHS,
                        PATHS,
                        SelectionType.PREFIXES,
                        List.of("/blog/", "www.example.org/shop/"),
                        SelectionType.TAGS,
                        TAGS,
                        SelectionType.HOSTS,
                        List.of("www.example.org", "static.example.org"),
                        SelectionType.ALL,
                        NONE));
    }

    /** Its token endpoint is at the same URL as its API. */
    private static CdnCase azureFrontDoor() {
        return new CdnCase(
                "azureFrontDoor",
                AzureSimulator.demo(CLOCK).purgeTakes(Duration.ZERO).askToPollAfter(OptionalInt.of(1)),
                url -> Optional.of(SimulatedServices.usernamePassword(
                        CREDENTIALS_ID, AzureSimulator.DEMO_CLIENT, AzureSimulator.DEMO_SECRET)),
                AzureSimulator.DEMO_SECRET,
                "credentialsId: '%s', tenantId: '%s', subscriptionId: '%s', resourceGroup: '%s', profile: '%s', endpoint: '%s', loginUrl: 'URL'"
                        .formatted(
                                CREDENTIALS_ID,
                                AzureSimulator.DEMO_TENANT,
                                AzureSimulator.DEMO_SUBSCRIPTION,
                                AzureSimulator.DEMO_GROUP,
                                AzureSimulator.DEMO_PROFILE,
                                AzureSimulator.DEMO_ENDPOINT),
                "apiUrl",
                "",
                Map.of(
                        SelectionType.PATHS,
                        PATHS,
                        SelectionType.PREFIXES,
                        List.of("/blog/", "/shop/"),
                        SelectionType.ALL,
                        NONE));
    }

    static Credentials secretFile(String id, String content) {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "secret",
                SecretBytes.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    static Credentials akamaiCredentials(String id, String host) {
        return new AkamaiApiCredentials(
                CredentialsScope.GLOBAL,
                id,
                "",
                host,
                Secret.fromString(AkamaiSimulator.DEMO_CLIENT_TOKEN),
                Secret.fromString(AkamaiSimulator.DEMO_CLIENT_SECRET),
                Secret.fromString(AkamaiSimulator.DEMO_ACCESS_TOKEN));
    }

    private static CdnCase bunny() {
        return token(
                "bunny",
                BunnySimulator.demo(CLOCK),
                BunnySimulator.DEMO_KEY,
                "pullZoneId: %d".formatted(BunnySimulator.DEMO_PULL_ZONE),
                Map.of(
                        SelectionType.URLS,
                        URLS,
                        SelectionType.TAGS,
                        TAGS,
                        SelectionType.PREFIXES,
                        List.of("www.example.org/blog", "www.example.org/shop/"),
                        SelectionType.ALL,
                        NONE));
    }

    private static CdnCase gcore() {
        return token(
                "gcore",
                GcoreSimulator.demo(CLOCK)
                        .purgeTakes(Duration.ZERO, "Successful")
                        .unlimited(),
                GcoreSimulator.DEMO_TOKEN,
                "resourceId: %d".formatted(GcoreSimulator.DEMO_RESOURCE),
                Map.of(
                        SelectionType.PATHS,
                        PATHS,
                        SelectionType.URLS,
                        List.of("https://cdn.acme.example/index.html", "https://static.acme.example/app.js"),
                        SelectionType.PREFIXES,
                        List.of("/blog", "/shop/"),
                        SelectionType.ALL,
                        NONE));
    }

    private static CdnCase buddyDistribution() {
        return token(
                "buddyDistribution",
                STANDARD.buddy(CLOCK),
                STANDARD.buddyToken(),
                "workspace: '%s', distributionId: '%s', routeId: '%s'"
                        .formatted(
                                STANDARD.buddyWorkspace(), BuddySimulator.DEMO_DISTRIBUTION, BuddySimulator.DEMO_ROUTE),
                Map.of(
                        SelectionType.PATHS,
                        PATHS,
                        SelectionType.PREFIXES,
                        List.of("/blog", "/shop/"),
                        SelectionType.ALL,
                        NONE));
    }

    private static Stream<CdnCase> caches() {
        Map<SelectionType, List<String>> pages = Map.of(SelectionType.PATHS, PATHS, SelectionType.URLS, URLS);
        Map<SelectionType, List<String>> more = new EnumMap<>(pages);
        more.put(SelectionType.PREFIXES, List.of("/blog/", "www.example.org/shop/"));
        more.put(SelectionType.ALL, NONE);
        Map<SelectionType, List<String>> tagged = new EnumMap<>(more);
        tagged.put(SelectionType.TAGS, TAGS);
        return Stream.of(
                cache("varnish", CacheSimulator.Kind.VARNISH, tagged),
                cache("nginx", CacheSimulator.Kind.NGINX, more),
                cache("trafficServer", CacheSimulator.Kind.TRAFFIC_SERVER, pages),
                cache("squid", CacheSimulator.Kind.SQUID, pages));
    }

    private static CdnCase cache(String symbol, CacheSimulator.Kind kind, Map<SelectionType, List<String>> chosen) {
        return new CdnCase(
                symbol,
                new CacheSimulator(kind, true),
                url -> Optional.of(SimulatedServices.usernamePassword(
                        CREDENTIALS_ID, CacheSimulator.USER, CacheSimulator.PASSWORD)),
                CacheSimulator.PASSWORD,
                "credentialsId: '%s', host: 'www.example.org'".formatted(CREDENTIALS_ID),
                "url",
                "",
                chosen);
    }

    private static CdnCase cloudFront() {
        return new CdnCase(
                "cloudFront",
                CloudFrontSimulator.demo(CLOCK, SimAwsAccount.demo(CLOCK)).invalidationTakes(Duration.ZERO),
                url -> Optional.of(SimulatedServices.usernamePassword(
                        CREDENTIALS_ID, SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY)),
                SimAwsAccount.DEMO_SECRET_KEY,
                "credentialsId: '%s', distributionId: '%s'"
                        .formatted(CREDENTIALS_ID, CloudFrontSimulator.DEMO_DISTRIBUTION),
                "apiUrl",
                "",
                Map.of(
                        SelectionType.PATHS,
                        PATHS,
                        SelectionType.PREFIXES,
                        List.of("/blog/", "/shop/"),
                        SelectionType.TAGS,
                        TAGS,
                        SelectionType.ALL,
                        NONE));
    }

    private static CdnCase token(
            String symbol, SimService service, String token, String which, Map<SelectionType, List<String>> chosen) {
        return new CdnCase(
                symbol,
                service,
                url -> Optional.of(SimulatedServices.secretText(CREDENTIALS_ID, token)),
                token,
                "credentialsId: '%s', %s".formatted(CREDENTIALS_ID, which),
                "apiUrl",
                "",
                chosen);
    }
}
