package io.jenkins.plugins.cachepurge.simulator;

import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * All simulators with their demo data, for a demo or for other clients than the plugin.
 *
 * <p>Options, each with a port from 0 to 65535, 0 or none takes any free one: {@code --buddy-port},
 * {@code --scaleway-port}, {@code --gotipath-port}, {@code --feldera-port}, {@code --fastly-port},
 * {@code --cloudflare-port}, {@code --keycdn-port}, {@code --bunny-port}, {@code --gcore-port},
 * {@code --cloudfront-port}, {@code --sts-port}, {@code --akamai-port},
 * {@code --google-port}, {@code --azure-port}.
 */
public final class Simulators implements AutoCloseable {

    private static final List<String> OPTIONS = List.of(
            "--buddy-port",
            "--scaleway-port",
            "--gotipath-port",
            "--feldera-port",
            "--fastly-port",
            "--cloudflare-port",
            "--keycdn-port",
            "--bunny-port",
            "--gcore-port",
            "--cloudfront-port",
            "--sts-port",
            "--akamai-port",
            "--google-port",
            "--azure-port");

    private final List<SimServer> servers = new ArrayList<>();
    private final DemoData data;

    private Simulators(DemoData data) {
        this.data = data;
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, Integer> ports;
        try {
            ports = ports(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try (Simulators simulators = start(ports, DemoData.STANDARD, InstantSource.system())) {
            simulators.describe(System.out);
            new CountDownLatch(1).await();
        }
    }

    /** Starts all; ports are looked up by option, any free one is taken for what is missing. */
    public static Simulators start(Map<String, Integer> ports, DemoData data, InstantSource clock) {
        Simulators simulators = new Simulators(data);
        SimAwsAccount aws = SimAwsAccount.demo(clock);
        List<SimService> services = List.of(
                data.buddy(clock),
                data.scaleway(clock),
                data.gotipath(clock),
                data.feldera(clock),
                FastlySimulator.demo(clock),
                CloudflareSimulator.demo(clock),
                KeyCdnSimulator.demo(clock),
                BunnySimulator.demo(clock),
                GcoreSimulator.demo(clock),
                CloudFrontSimulator.demo(clock, aws),
                new StsSimulator(clock, aws),
                AkamaiSimulator.demo(clock),
                GoogleCdnSimulator.demo(clock),
                AzureSimulator.demo(clock));
        try {
            for (int i = 0; i < services.size(); i++) {
                int port = ports.getOrDefault(OPTIONS.get(i), 0);
                simulators.servers.add(SimServer.start(services.get(i), port));
            }
            return simulators;
        } catch (RuntimeException e) {
            simulators.close();
            throw e;
        }
    }

    static Map<String, Integer> ports(String... args) {
        Map<String, Integer> ports = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("usage: [" + String.join(" PORT] [", OPTIONS) + " PORT]");
            }
            ports.put(args[i], port(args[i], args[i + 1]));
        }
        return ports;
    }

    public URI buddy() {
        return servers.get(0).url();
    }

    public URI scaleway() {
        return servers.get(1).url();
    }

    public URI gotipath() {
        return servers.get(2).url();
    }

    public URI feldera() {
        return servers.get(3).url();
    }

    public URI fastly() {
        return servers.get(4).url();
    }

    public URI cloudflare() {
        return servers.get(5).url();
    }

    public URI keyCdn() {
        return servers.get(6).url();
    }

    public URI bunny() {
        return servers.get(7).url();
    }

    public URI gcore() {
        return servers.get(8).url();
    }

    public URI cloudFront() {
        return servers.get(9).url();
    }

    public URI sts() {
        return servers.get(10).url();
    }

    public URI akamai() {
        return servers.get(11).url();
    }

    public URI google() {
        return servers.get(12).url();
    }

    public URI azure() {
        return servers.get(13).url();
    }

    @Override
    public void close() {
        servers.forEach(SimServer::close);
    }

    void describe(PrintStream out) {
        describeBuddy(out);
        describeScaleway(out);
        describeGotipath(out);
        describeFeldera(out);
        describeFastly(out);
        describeCloudflare(out);
        describeKeyCdn(out);
        describeBunny(out);
        describeGcore(out);
        describeAkamai(out);
        describeGoogle(out);
        describeAzure(out);
        describeAws(out);
        out.println("Ctrl-C ends it.");
    }

    private void describeBuddy(PrintStream out) {
        String pipeline = buddy() + "/workspaces/" + data.buddyWorkspace() + "/projects/" + data.buddyProject()
                + "/pipelines/" + data.buddyPipelineId();
        out.printf(
                """
                Buddy     %1$s  token %2$s
                  curl -X PATCH -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
                    -d '{"clear_cache":true}' %3$s
                  curl -X PATCH -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
                    -d '{"operation":"RUN_DELAYED"}' %3$s/executions/%4$d
                  curl -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' -d '{"purge_all":true}' \\
                    %1$s/workspaces/%5$s/distributions/%6$s/routes/%7$s/cache
                """,
                buddy(),
                data.buddyToken(),
                pipeline,
                data.buddyExecutionId(),
                data.buddyWorkspace(),
                BuddySimulator.DEMO_DISTRIBUTION,
                BuddySimulator.DEMO_ROUTE);
    }

    private void describeScaleway(PrintStream out) {
        out.printf("""
                Scaleway  %1$s  secret key %2$s, pipeline %3$s
                  curl -H 'X-Auth-Token: %2$s' -H 'Content-Type: application/json' \\
                    -d '{"pipeline_id":"%3$s","assets":["/index.html"]}' \\
                    %1$s/edge-services/v1beta1/purge-requests
                  curl -H 'X-Auth-Token: %2$s' '%1$s/edge-services/v1beta1/purge-requests?order_by=created_at_desc'
                """, scaleway(), data.scalewaySecretKey(), data.scalewayPipelineId());
    }

    private void describeGotipath(PrintStream out) {
        out.printf(
                """
                Gotipath  %1$s  client id %2$s, library id %3$s, API key %4$s, distribution %5$s
                  curl -H 'X-Auth-ClientId: %2$s' -H 'X-Auth-LibraryId: %3$s' -H 'X-Auth-ApiKey: %4$s' \\
                    -H 'Content-Type: application/json' -d '{"type":"all","paths":[]}' \\
                    %1$s/v1/distributions/%5$s/purges
                """,
                gotipath(),
                data.gotipathClientId(),
                data.gotipathLibraryId(),
                data.gotipathApiKey(),
                data.gotipathDistributionId());
    }

    private void describeFeldera(PrintStream out) {
        out.printf("""
                Feldera   %1$s  API key %2$s, pipelines %3$s (stopped), %4$s (running)
                  curl -X POST -H 'Authorization: Bearer %2$s' %1$s/v0/pipelines/%3$s/clear
                  curl -H 'Authorization: Bearer %2$s' '%1$s/v0/pipelines/%3$s?selector=status'
                  curl -X POST -H 'Authorization: Bearer %2$s' '%1$s/v0/pipelines/%4$s/stop?force=true'
                """, feldera(), data.felderaApiKey(), data.felderaStopped(), data.felderaRunning());
    }

    private void describeFastly(PrintStream out) {
        out.printf("""
                Fastly    %1$s  token %2$s, service %3$s
                  curl -X POST -H 'Fastly-Key: %2$s' %1$s/service/%3$s/purge_all
                  curl -X POST -H 'Fastly-Key: %2$s' -H 'Fastly-Soft-Purge: 1' -H 'Surrogate-Key: news sport' \\
                    %1$s/service/%3$s/purge
                """, fastly(), FastlySimulator.DEMO_TOKEN, FastlySimulator.DEMO_SERVICE);
    }

    private void describeCloudflare(PrintStream out) {
        out.printf(
                """
                Cloudflare %1$s/client/v4  token %2$s, zone %3$s
                  curl -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
                    -d '{"files":["https://www.%4$s/index.html"]}' %1$s/client/v4/zones/%3$s/purge_cache
                """,
                cloudflare(),
                CloudflareSimulator.DEMO_TOKEN,
                CloudflareSimulator.DEMO_ZONE,
                CloudflareSimulator.DEMO_DOMAIN);
    }

    private void describeKeyCdn(PrintStream out) {
        out.printf("""
                KeyCDN    %1$s  API key %2$s, zone %3$s
                  curl -u %2$s: %1$s/zones/purge/%3$s.json
                  curl -u %2$s: -X DELETE -H 'Content-Type: application/json' \\
                    -d '{"urls":["%4$s/style.css"]}' %1$s/zones/purgeurl/%3$s.json
                """, keyCdn(), KeyCdnSimulator.DEMO_KEY, KeyCdnSimulator.DEMO_ZONE, KeyCdnSimulator.DEMO_HOST);
    }

    private void describeBunny(PrintStream out) {
        out.printf("""
                bunny.net %1$s  API key %2$s, pull zone %3$d
                  curl -X POST -H 'AccessKey: %2$s' '%1$s/purge?url=https://acme-website.b-cdn.net/style.css'
                  curl -X POST -H 'AccessKey: %2$s' %1$s/pullzone/%3$d/purgeCache
                """, bunny(), BunnySimulator.DEMO_KEY, BunnySimulator.DEMO_PULL_ZONE);
    }

    private void describeGcore(PrintStream out) {
        out.printf("""
                Gcore     %1$s  API token %2$s, CDN resource %3$d
                  curl -H 'Authorization: APIKey %2$s' -H 'Content-Type: application/json' \\
                    -d '{"urls":["/index.html"]}' %1$s/cdn/resources/%3$d/purge
                  curl -H 'Authorization: APIKey %2$s' %1$s/cdn/purge_statuses
                """, gcore(), GcoreSimulator.DEMO_TOKEN, GcoreSimulator.DEMO_RESOURCE);
    }

    private void describeAws(PrintStream out) {
        out.printf(
                """
                CloudFront %1$s, STS %2$s  access key %3$s, secret key %4$s, role %5$s with external id %6$s, distribution %7$s
                  curl --aws-sigv4 aws:amz:us-east-1:cloudfront -u %3$s:%4$s \\
                    %1$s/2020-05-31/distribution/%7$s/invalidation
                  curl --aws-sigv4 aws:amz:us-east-1:sts -u %3$s:%4$s -d 'Action=GetCallerIdentity&Version=2011-06-15' %2$s/
                """,
                cloudFront(),
                sts(),
                SimAwsAccount.DEMO_ACCESS_KEY_ID,
                SimAwsAccount.DEMO_SECRET_KEY,
                SimAwsAccount.DEMO_ROLE,
                SimAwsAccount.DEMO_EXTERNAL_ID,
                CloudFrontSimulator.DEMO_DISTRIBUTION);
    }

    private static int port(String option, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that is out of range.
        }
        throw new IllegalArgumentException(option + " must be 0 to 65535");
    }

    private void describeAkamai(PrintStream out) {
        out.printf(
                """
                Akamai    %1$s  CP code %2$d; each request is signed with EdgeGrid, by these lines of an .edgerc file:
                  client_token = %3$s
                  client_secret = %4$s
                  access_token = %5$s
                """,
                akamai(),
                AkamaiSimulator.DEMO_CP_CODE,
                AkamaiSimulator.DEMO_CLIENT_TOKEN,
                AkamaiSimulator.DEMO_CLIENT_SECRET,
                AkamaiSimulator.DEMO_ACCESS_TOKEN);
    }

    private void describeGoogle(PrintStream out) {
        out.printf(
                """
                Google    %1$s  URL map %2$s of project %3$s; access tokens at %1$s/token, for this JSON key:
                  %4$s
                """,
                google(),
                GoogleCdnSimulator.DEMO_URL_MAP,
                GoogleCdnSimulator.DEMO_PROJECT,
                GoogleCdnSimulator.demoAccount().jsonKey(google() + "/token"));
    }

    private void describeAzure(PrintStream out) {
        out.printf(
                """
                Azure     %1$s  endpoint %2$s of profile %3$s in %4$s of subscription %5$s
                  curl -d client_id=%6$s -d client_secret=%7$s -d grant_type=client_credentials \\
                    -d scope=%1$s/.default %1$s/%8$s/oauth2/v2.0/token
                """,
                azure(),
                AzureSimulator.DEMO_ENDPOINT,
                AzureSimulator.DEMO_PROFILE,
                AzureSimulator.DEMO_GROUP,
                AzureSimulator.DEMO_SUBSCRIPTION,
                AzureSimulator.DEMO_CLIENT,
                AzureSimulator.DEMO_SECRET,
                AzureSimulator.DEMO_TENANT);
    }
}
