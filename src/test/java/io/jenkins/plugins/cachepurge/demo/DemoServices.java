package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Simulated services of every CDN, simulated caches, and a website. */
final class DemoServices implements AutoCloseable {

    private final Simulators vendors;
    private final Map<CacheSimulator.Kind, SimServer> caches = new EnumMap<>(CacheSimulator.Kind.class);
    private final Path directory;
    private final SimServer website;

    private DemoServices(Simulators vendors, Path directory, InstantSource clock) {
        this.vendors = vendors;
        this.directory = directory;
        for (CacheSimulator.Kind kind : CacheSimulator.Kind.values()) {
            caches.put(kind, SimServer.start(new CacheSimulator(kind, true)));
        }
        this.website = SimServer.start(new DemoWebsite(directory, clock));
    }

    /** @param target where the website has its files */
    static DemoServices start(Path target) throws IOException {
        InstantSource clock = InstantSource.system();
        Path directory = Files.createTempDirectory(Files.createDirectories(target), "demo-website");
        return new DemoServices(Simulators.start(Map.of(), DemoData.STANDARD, clock), directory, clock);
    }

    /** What the configuration of Jenkins takes from the environment. */
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(environment(vendors));
        caches.forEach(
                (kind, server) -> variables.put(kind + "_URL", server.url().toString()));
        variables.put("CACHE_USER", CacheSimulator.USER);
        variables.put("CACHE_PASSWORD", CacheSimulator.PASSWORD);
        variables.put("SITE_URL", website.url().toString());
        variables.put("SITE_DIRECTORY", directory.toString());
        return variables;
    }

    /** The same without caches and website. */
    static Map<String, String> environment(Simulators vendors) {
        DemoData data = DemoData.STANDARD;
        String googleKey = GoogleCdnSimulator.demoAccount().jsonKey(vendors.google() + "/token");
        return Map.ofEntries(
                Map.entry("BUDDY_API", vendors.buddy().toString()),
                Map.entry("BUDDY_TOKEN", data.buddyToken()),
                Map.entry("SCALEWAY_API", vendors.scaleway().toString()),
                Map.entry("SCALEWAY_SECRET_KEY", data.scalewaySecretKey()),
                Map.entry("GOTIPATH_API", vendors.gotipath().toString()),
                Map.entry("GOTIPATH_CLIENT_ID", data.gotipathClientId()),
                Map.entry("GOTIPATH_LIBRARY_ID", data.gotipathLibraryId()),
                Map.entry("GOTIPATH_API_KEY", data.gotipathApiKey()),
                Map.entry("FELDERA_API", vendors.feldera().toString()),
                Map.entry("FELDERA_API_KEY", data.felderaApiKey()),
                Map.entry("FASTLY_API", vendors.fastly().toString()),
                Map.entry("FASTLY_TOKEN", FastlySimulator.DEMO_TOKEN),
                Map.entry("CLOUDFLARE_API", vendors.cloudflare() + "/client/v4"),
                Map.entry("CLOUDFLARE_TOKEN", CloudflareSimulator.DEMO_TOKEN),
                Map.entry("KEYCDN_API", vendors.keyCdn().toString()),
                Map.entry("KEYCDN_KEY", KeyCdnSimulator.DEMO_KEY),
                Map.entry("BUNNY_API", vendors.bunny().toString()),
                Map.entry("BUNNY_KEY", BunnySimulator.DEMO_KEY),
                Map.entry("GCORE_API", vendors.gcore().toString()),
                Map.entry("GCORE_TOKEN", GcoreSimulator.DEMO_TOKEN),
                Map.entry("CLOUDFRONT_API", vendors.cloudFront().toString()),
                Map.entry("STS_API", vendors.sts().toString()),
                Map.entry("AWS_KEY_ID", SimAwsAccount.DEMO_ACCESS_KEY_ID),
                Map.entry("AWS_SECRET_KEY", SimAwsAccount.DEMO_SECRET_KEY),
                Map.entry("AKAMAI_API", vendors.akamai().toString()),
                Map.entry("AKAMAI_CLIENT_TOKEN", AkamaiSimulator.DEMO_CLIENT_TOKEN),
                Map.entry("AKAMAI_CLIENT_SECRET", AkamaiSimulator.DEMO_CLIENT_SECRET),
                Map.entry("AKAMAI_ACCESS_TOKEN", AkamaiSimulator.DEMO_ACCESS_TOKEN),
                Map.entry("GOOGLE_API", vendors.google().toString()),
                Map.entry("GOOGLE_KEY_BASE64", base64(googleKey)),
                Map.entry("AZURE_API", vendors.azure().toString()),
                Map.entry("AZURE_CLIENT_ID", AzureSimulator.DEMO_CLIENT),
                Map.entry("AZURE_CLIENT_SECRET", AzureSimulator.DEMO_SECRET));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        vendors.close();
        caches.values().forEach(SimServer::close);
        website.close();
    }
}
