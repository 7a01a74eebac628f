package io.jenkins.plugins.cachepurge.demo;

import io.jenkins.plugins.cachepurge.caches.CachedSite;
import io.jenkins.plugins.cachepurge.caches.Visitors;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Purges a site of Varnish inside nginx while visitors ask for its page all the time: in the right order, and in the wrong one. */
final class SiteDemo implements AutoCloseable {

    private static final String PAGE = "/news.html";
    private static final PurgeSelection SELECTION = PurgeSelection.paths(PAGE);

    /** In the wrong order it is a matter of luck whether somebody asks between the two purges. */
    private static final int ROUNDS_IN_WRONG_ORDER = 50;

    /** Purges the site. */
    @FunctionalInterface
    interface Purge {

        /** @param outerFirst whether the order is wrong */
        boolean run(boolean outerFirst) throws Exception;
    }

    private final CachedSite site = CachedSite.start();

    static boolean isPossible() {
        return CachedSite.isInstalled();
    }

    /** What the configuration of Jenkins takes from the environment. */
    Map<String, String> environment() {
        return Map.of("SITE_VARNISH_PORT", port(site.innerUrl()), "SITE_NGINX_PORT", port(site.outerUrl()));
    }

    private static String port(String url) {
        return Integer.toString(URI.create(url).getPort());
    }

    /** Purges it without Jenkins. */
    boolean purge(boolean outerFirst) throws Exception {
        site.purge(SELECTION, outerFirst, System.out::println);
        return true;
    }

    /** Jenkinsfile of the purge. */
    static String jenkinsfile(boolean outerFirst) {
        return "cdnPurge cdn: site('%s'), paths: ['%s']\n".formatted(outerFirst ? "wrong-order" : "www", PAGE);
    }

    /** @return whether all visitors got the new page after the purge in the right order */
    boolean show(Purge purge) throws Exception {
        System.out.println("\nA site: visitors ask nginx, nginx asks Varnish, and Varnish asks the origin");
        try (Visitors visitors = Visitors.start(site.outerUrl(), PAGE)) {
            System.out.println("  visitors see:                            " + visitors.seeNow());
            site.origin().change();
            System.out.println("  the origin changes, but:                 " + visitors.seeNow());
            boolean purged = purge.run(false);
            Set<String> now = visitors.seeNow();
            System.out.println("  purged from the inside to the outside:   " + now);
            showWrongOrder(visitors, purge);
            return purged && now.equals(Set.of(page(2)));
        }
    }

    private void showWrongOrder(Visitors visitors, Purge purge) throws Exception {
        for (int old = 2; old < ROUNDS_IN_WRONG_ORDER; old++) {
            site.origin().change();
            purge.run(true);
            Set<String> now = visitors.seeNow();
            if (now.contains(page(old))) {
                System.out.println("  changed, and purged in the wrong order:  " + now + ", which is old");
                return;
            }
        }
        System.out.println("  in the wrong order nobody asked between the two purges this time");
    }

    private static String page(int edition) {
        return "edition %d of %s".formatted(edition, PAGE);
    }

    @Override
    public void close() {
        site.close();
    }
}
