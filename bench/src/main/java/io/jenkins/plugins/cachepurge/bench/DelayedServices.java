package io.jenkins.plugins.cachepurge.bench;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Simulated services in a process of their own, so that what they cost is not measured. Each responds after a delay that
 * holds no thread. The process ends with its standard input.
 */
public final class DelayedServices {

    /** Where a service reports its {@link RequestCounts}, and starts a new one. */
    static final String LOG_PATH = "/benchmark-log";

    private final InstantSource clock = InstantSource.system();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Duration delay;

    private DelayedServices(Duration delay) {
        this.delay = delay;
    }

    /** @param args the delay in milliseconds, then the services; their ports are printed in one line */
    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        DelayedServices services = new DelayedServices(Duration.ofMillis(Long.parseLong(args[0])));
        StringBuilder ports = new StringBuilder();
        for (int i = 1; i < args.length; i++) {
            ports.append(services.start(args[i])).append(' ');
        }
        System.out.println(ports.toString().strip());
        System.in.transferTo(System.err);
        System.exit(0);
    }

    private int start(String name) throws IOException {
        RequestCounts log = new RequestCounts();
        SimService service = service(name, log);
        boolean responds = !name.equals("silent");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(timer);
        server.createContext(LOG_PATH, exchange -> {
            byte[] text = log.takeAll().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.createContext("/", exchange -> {
            log.add(exchange.getRequestMethod(), System.nanoTime());
            SimResponse response = service.handle(request(exchange));
            if (responds) {
                timer.schedule(() -> respond(exchange, response), delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        });
        server.start();
        return server.getAddress().getPort();
    }

    private SimService service(String name, RequestCounts log) {
        return switch (name) {
            case "fastly" -> FastlySimulator.demo(clock);
            case "refusing" -> new RefusingService(FastlySimulator.demo(clock), delay, log);
            case "bunny" -> BunnySimulator.demo(clock);
            case "scaleway" -> STANDARD.scaleway(clock).purgeTakes(Duration.ofSeconds(1), "done");
            case "gotipath" -> STANDARD.gotipath(clock);
            case "varnish", "silent" -> new CacheSimulator(CacheSimulator.Kind.VARNISH, false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static SimRequest request(HttpExchange exchange) throws IOException {
        return SimRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    private static void respond(HttpExchange exchange, SimResponse response) {
        try (exchange) {
            response.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            System.err.println("response not sent: " + e);
        }
    }
}
