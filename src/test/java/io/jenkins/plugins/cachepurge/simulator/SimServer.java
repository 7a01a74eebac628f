package io.jenkins.plugins.cachepurge.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a {@link SimService} over HTTP, on the loopback interface only. */
public final class SimServer implements AutoCloseable {

    static {
        // Otherwise each answer on a reused connection waits 40 ms for the client's acknowledgement of its headers.
        // The JDK reads the property once, when the first server is made.
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
    }

    // Not "the" loopback address, which the JVM may be told to take from IPv6.
    private static final String LOOPBACK = "127.0.0.1";

    private final SimService service;
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private SimServer(SimService service, HttpServer server, ExecutorService threads) {
        this.service = service;
        this.server = server;
        this.threads = threads;
    }

    /** Starts on any free port. */
    public static SimServer start(SimService service) {
        return start(service, 0);
    }

    /**
     * Starts on a port.
     *
     * @param port 0 to 65535, 0 takes any free one
     */
    public static SimServer start(SimService service, int port) {
        return start(service, LOOPBACK, port);
    }

    /** Starts at another address of the loopback interface, such as 127.0.0.2; {@link #url()} names the first one. */
    public static SimServer start(SimService service, String address, int port) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            SimServer server = new SimServer(service, http, daemons(service.name()));
            http.setExecutor(server.threads);
            http.createContext("/", server::serve);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve " + service.name() + " on port " + port, e);
        }
    }

    /** Where the service is found: scheme, address and port, without a slash at the end. */
    public URI url() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort());
    }

    /** Stops at once; stalled answers and idle connections are cut. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            deliver(exchange, answer(exchange));
        }
    }

    private SimResponse answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        SimRequest request = SimRequest.of(
                exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
        try {
            return service.handle(request);
        } catch (RuntimeException e) {
            // Without this the client would see a closed connection, which tests take for an intended fault.
            return SimResponse.text(500, "text/plain; charset=utf-8", "defect of the simulator: " + e);
        }
    }

    private void deliver(HttpExchange exchange, SimResponse answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        switch (answer.delivery()) {
            case WHOLE -> deliverWhole(exchange, answer);
            case CUT_IN_BODY -> deliverHalf(exchange, answer.status(), answer.body());
            case STALL -> deliverHeadersAndStall(exchange, answer);
            case CUT_BEFORE_HEADERS -> {
                // Closing an exchange that has sent nothing closes its connection.
            }
        }
    }

    private static void deliverWhole(HttpExchange exchange, SimResponse answer) throws IOException {
        byte[] body = answer.body();
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static void deliverHalf(HttpExchange exchange, int status, byte[] body) throws IOException {
        // One byte is promised even where there is no body: less than promised is what makes it a cut.
        exchange.sendResponseHeaders(status, Math.max(1, body.length));
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
    }

    private void deliverHeadersAndStall(HttpExchange exchange, SimResponse answer) throws IOException {
        exchange.sendResponseHeaders(answer.status(), Math.max(1, answer.body().length));
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService daemons(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator " + name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
