package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The site behind the caches. Each of its pages tells which edition it is of, and may be cached for an hour. It takes any
 * method for a look at the page, as many an application does, so that a purge that reaches it is answered with 200.
 */
public final class OriginServer implements SimService, AutoCloseable {

    private final List<SimServer> servers =
            Stream.generate(() -> SimServer.start(this)).limit(3).toList();
    private final List<String> odd = new CopyOnWriteArrayList<>();
    private final Optional<SimService> pages;
    private volatile int edition = 1;
    private volatile int statusOfOdd = 200;

    public OriginServer() {
        this.pages = Optional.empty();
    }

    /** @param pages answers what visitors look at */
    public OriginServer(SimService pages) {
        this.pages = Optional.of(pages);
    }

    @Override
    public String name() {
        return "site";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        if (!request.method().equals("GET")) {
            odd.add(request.method() + " " + request.path());
            SimResponse answer = SimResponse.text(statusOfOdd, "text/plain", "the application\n");
            return statusOfOdd == 204 ? answer.withBody(new byte[0]) : answer;
        }
        if (pages.isPresent()) {
            return pages.get().handle(request);
        }
        SimResponse page = SimResponse.text(200, "text/plain", "edition %d of %s\n".formatted(edition, request.path()))
                .withHeader("Cache-Control", "public, max-age=3600");
        return request.path().startsWith("/vary/") ? page.withHeader("Vary", "Accept-Encoding") : page;
    }

    /** From now on all pages are different. */
    public void change() {
        edition++;
    }

    /** How requests with another method than GET are answered. */
    public void answerOdd(int status) {
        statusOfOdd = status;
    }

    /** The requests with another method than GET that got here. */
    public List<String> odd() {
        return List.copyOf(odd);
    }

    /** The address and port, as a configuration file has them. */
    public String authority() {
        return authority(0);
    }

    /** The same site at another port, for a cache that would else take two hosts for one. */
    String authority(int which) {
        return servers.get(which).url().getAuthority();
    }

    /** The first of its ports. */
    public int port() {
        return servers.get(0).url().getPort();
    }

    @Override
    public void close() {
        servers.forEach(SimServer::close);
    }
}
