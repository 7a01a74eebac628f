package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.caches.CacheProcess;
import io.jenkins.plugins.cachepurge.caches.CachePurger;
import io.jenkins.plugins.cachepurge.caches.CacheSoftware;
import io.jenkins.plugins.cachepurge.caches.OriginServer;
import io.jenkins.plugins.cachepurge.caches.PageFetcher;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Puts the caches that are installed here in front of a site, and purges them: from a Jenkins, where there is one. */
public final class CachesDemo implements AutoCloseable {

    private static final String PAGE = "/news.html";
    private static final String OTHER_PAGE = "/about.html";

    private final OriginServer origin = new OriginServer();
    private final Map<CacheSoftware, CacheProcess> caches = new EnumMap<>(CacheSoftware.class);
    private final Optional<SiteDemo> site = SiteDemo.isPossible() ? Optional.of(new SiteDemo()) : Optional.empty();

    private CachesDemo() {}

    private void start() {
        for (CacheSoftware software : CacheSoftware.values()) {
            if (software.installed()) {
                caches.put(software, CacheProcess.start(software, origin));
            } else {
                System.out.println(software + " is not installed; tools/caches.sh installs it on Debian");
            }
        }
    }

    /**
     * Ends with 0 when every cache lost what was purged, and nothing else.
     *
     * @param args none for a demo without Jenkins; else the Maven to call, options for it, {@code --caches}, and
     *     {@code --once} to end after the run
     */
    public static void main(String[] args) throws Exception {
        List<String> maven = new ArrayList<>(Arrays.asList(args));
        maven.remove("--caches");
        boolean once = maven.remove("--once");
        boolean successful = false;
        try (CachesDemo demo = new CachesDemo()) {
            demo.start();
            successful =
                    !demo.caches.isEmpty() && (maven.isEmpty() ? demo.withoutJenkins() : demo.inJenkins(maven, once));
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
        System.exit(successful ? 0 : 1);
    }

    private boolean withoutJenkins() throws Exception {
        boolean successful = true;
        PurgeSelection page = new PurgeSelection(SelectionType.PATHS, List.of(PAGE));
        for (CacheSoftware software : caches.keySet()) {
            successful &= show(software, url -> {
                new CachePurger(software.server(), System.out::println, Duration.ofSeconds(20)).purge(page, url);
                return true;
            });
        }
        return successful & (site.isEmpty() || site.get().show(site.get()::purge));
    }

    private boolean inJenkins(List<String> maven, boolean once) throws Exception {
        Map<String, String> ports = caches.entrySet().stream()
                .collect(Collectors.toMap(
                        cache -> cache.getKey() + "_PORT",
                        cache -> Integer.toString(
                                URI.create(cache.getValue().url()).getPort())));
        site.ifPresent(demo -> ports.putAll(demo.environment()));
        Path configuration = Path.of("src/test/demo/caches.yaml").toAbsolutePath();
        try (JenkinsProcess jenkins = JenkinsProcess.start(maven, configuration, ports)) {
            boolean successful = true;
            for (CacheSoftware software : caches.keySet()) {
                successful &= show(
                        software,
                        url -> jenkins.running().run(software.symbol(), jenkinsfile(software, url), System.out));
            }
            successful &= site.isEmpty() || showSite(site.get(), jenkins);
            if (!once) {
                System.out.println("Jenkins is open at " + jenkins.running().url() + " until Ctrl-C.");
                jenkins.await();
            }
            return successful;
        }
    }

    private static boolean showSite(SiteDemo site, JenkinsProcess jenkins) throws Exception {
        AtomicInteger number = new AtomicInteger();
        return site.show(outerFirst -> jenkins.running()
                .run("site-" + number.incrementAndGet(), SiteDemo.jenkinsfile(outerFirst), System.out));
    }

    private static String jenkinsfile(CacheSoftware software, String url) {
        return "cdnPurge cdn: %s(url: '%s', host: '%s'), paths: ['%s']\n"
                .formatted(software.symbol(), url, PageFetcher.HOST, PAGE);
    }

    @FunctionalInterface
    private interface Purge {
        boolean of(String url) throws Exception;
    }

    private boolean show(CacheSoftware software, Purge purge) throws Exception {
        String url = caches.get(software).url();
        System.out.println("\n%s, at %s".formatted(software, url));
        String old = PageFetcher.sees(url, PAGE);
        String other = PageFetcher.sees(url, OTHER_PAGE);
        System.out.println("  a visitor sees:        " + old);
        origin.change();
        System.out.println("  the site changes, but: " + PageFetcher.sees(url, PAGE));
        boolean purged = purge.of(url);
        String now = PageFetcher.sees(url, PAGE);
        String otherNow = PageFetcher.sees(url, OTHER_PAGE);
        System.out.println("  after the purge:       " + now);
        System.out.println("  and as before:         " + otherNow);
        return purged && !now.equals(old) && otherNow.equals(other);
    }

    @Override
    public void close() {
        site.ifPresent(SiteDemo::close);
        caches.values().forEach(CacheProcess::close);
        origin.close();
    }
}
