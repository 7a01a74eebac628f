package io.jenkins.plugins.cachepurge.simulator;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cache as its documentation here has it configured, seen from outside: pages that were looked at are cached, until they
 * are purged. What the real ones do is tested with the real ones; this one is for machines that lack them.
 */
public final class CacheSimulator implements SimService {

    /** Who may purge, where one needs a password for it. */
    public static final String USER = "jenkins";

    public static final String PASSWORD = "demo-cache-password";

    /** The header in which the password alone is as good. */
    public static final String TOKEN_HEADER = "X-Purge-Token";

    /** What it imitates. */
    public enum Kind {
        VARNISH,
        NGINX,
        TRAFFIC_SERVER,
        SQUID
    }

    private static final String NGINX_PAGE =
            "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1></center>\r\n<hr><center>nginx</center>\r\n";

    private final Kind kind;
    private final boolean asksForPassword;
    private final Set<String> cached = ConcurrentHashMap.newKeySet();

    /** @param asksForPassword whether it wants {@link #USER} and {@link #PASSWORD} */
    public CacheSimulator(Kind kind, boolean asksForPassword) {
        this.kind = kind;
        this.asksForPassword = asksForPassword;
    }

    @Override
    public String name() {
        return kind.name();
    }

    /** What it holds, as host and path. */
    public Set<String> cached() {
        return Set.copyOf(cached);
    }

    @Override
    public SimResponse handle(SimRequest request) {
        String page = scheme(request) + request.header("Host").orElse("") + request.path();
        Optional<String> tags = request.header("X-Purge-Tags").filter(any -> kind == Kind.VARNISH);
        return switch (request.method()) {
            case "GET" -> look(page);
            case "PURGE" -> mayPurge(request) ? tags.map(this::purgeTags).orElseGet(() -> purge(page)) : unauthorized();
            case "PURGEKEYS" -> mayPurge(request) ? purgeKeys(request) : unauthorized();
            case "BAN" -> mayPurge(request) ? ban(page, request.header("X-Ban").orElse("")) : unauthorized();
            default -> SimResponse.empty(405);
        };
    }

    /** What a proxy before it says of the visitor's scheme is a part of the key. */
    private static String scheme(SimRequest request) {
        return request.header("X-Forwarded-Proto").map(name -> name + "://").orElse("");
    }

    private SimResponse look(String page) {
        cached.add(page);
        return SimResponse.text(200, "text/plain", page);
    }

    private boolean mayPurge(SimRequest request) {
        String token = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes());
        return !asksForPassword
                || request.header(TOKEN_HEADER).filter(PASSWORD::equals).isPresent()
                || request.header("Authorization")
                        .filter(("Basic " + token)::equals)
                        .isPresent();
    }

    private static SimResponse unauthorized() {
        return SimResponse.empty(401).withHeader("WWW-Authenticate", "Basic");
    }

    private SimResponse purge(String page) {
        boolean prefix = kind == Kind.NGINX && page.endsWith("*");
        String start = page.substring(0, page.length() - 1);
        boolean purged = prefix ? drop(each -> each.startsWith(start)) : cached.remove(page);
        return switch (kind) {
            case VARNISH -> varnish(purged ? 200 : 404, purged ? "Page purged" : "Page not cached");
            case NGINX ->
                purged
                        ? SimResponse.json(200, new TreeMap<>(Map.of("Key", page, "Status", "purged")))
                        : SimResponse.text(412, "text/html", NGINX_PAGE.formatted("412 Precondition Failed"));
            case TRAFFIC_SERVER -> SimResponse.empty(purged ? 200 : 404).withHeader("Server", "ATS/9.2.9");
            case SQUID -> SimResponse.empty(purged ? 200 : 404).withHeader("Server", "squid/5.7");
        };
    }

    private SimResponse purgeTags(String tags) {
        return varnish(200, dropTagged(tags) + " objects purged");
    }

    /** The segments of a page's path are its tags. */
    private int dropTagged(String tags) {
        List<String> wanted = List.of(tags.split(" "));
        int before = cached.size();
        drop(page -> Stream.of(page.split("/")).skip(1).anyMatch(wanted::contains));
        return before - cached.size();
    }

    /** As the VCL of FOSHttpCache. */
    private SimResponse purgeKeys(SimRequest request) {
        Optional<String> keys = request.header("xkey-purge");
        if (kind != Kind.VARNISH || keys.isEmpty()) {
            return SimResponse.empty(400);
        }
        return varnish(200, "Purged %d objects, expired 0 objects".formatted(dropTagged(keys.get())));
    }

    private SimResponse ban(String start, String what) {
        if (kind != Kind.VARNISH) {
            return SimResponse.empty(405);
        }
        boolean everything = what.equals("everything");
        drop(each -> everything || each.startsWith(start));
        return varnish(200, everything ? "Everything banned" : "Prefix banned");
    }

    private boolean drop(Predicate<String> which) {
        return cached.removeIf(which);
    }

    private static SimResponse varnish(int status, String reason) {
        return SimResponse.text(
                status,
                "text/html; charset=utf-8",
                "<html>\n  <head>\n    <title>%d %s</title>\n  </head>\n</html>\n".formatted(status, reason));
    }
}
