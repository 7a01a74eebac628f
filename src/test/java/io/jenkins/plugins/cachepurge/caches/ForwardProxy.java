package io.jenkins.plugins.cachepurge.caches;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Squid as a forward proxy, as between Jenkins and the Internet. It caches nothing. */
public final class ForwardProxy implements AutoCloseable {

    /** The only user that a proxy with a login knows. */
    public static final String USER = "jenkins";

    /** That user's password. */
    public static final String PASSWORD = "pr0xy p:ss\"word";

    /** {@code openssl passwd -apr1}. */
    private static final String HASH = "$apr1$abcdefgh$qRP8qkzx9wKe5mDWEZsJZ/";

    private static final Path LOGIN_HELPER = Path.of("/usr/lib/squid/basic_ncsa_auth");

    private final CacheProcess process;
    private final Path log;

    private ForwardProxy(CacheProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Whether Squid and the program that checks its users' passwords are installed. */
    public static boolean installed() {
        return CacheSoftware.SQUID.installed() && Files.isExecutable(LOGIN_HELPER);
    }

    /** One that anybody may use, also for PURGE, which it then answers itself; all hosts but forbidden.example.org. */
    public static ForwardProxy open() {
        return start("""
                acl purge method PURGE
                acl forbidden dstdomain forbidden.example.org
                http_access deny forbidden
                http_access allow all
                """);
    }

    /** One that asks for a login. */
    public static ForwardProxy withLogin() {
        return start("""
                auth_param basic program HELPER FOLDER/passwords
                auth_param basic realm The "proxy"
                acl known proxy_auth REQUIRED
                http_access allow known
                http_access deny all
                """);
    }

    private static ForwardProxy start(String rules) {
        try {
            Path folder = Files.createTempDirectory("cache-purge-proxy");
            CacheSetup place = new CacheSetup(
                    folder, folder, 0, CacheProcess.freeAddress(), null, CacheProcess.ME, UnaryOperator.identity());
            place.folder("");
            place.write("passwords", "%s:%s%n".formatted(USER, HASH));
            String text = (rules + """
                    http_port AUTHORITY
                    cache deny all
                    logformat short %>Hs %rm %ru
                    access_log stdio:FOLDER/access.log short
                    pid_filename FOLDER/pid
                    cache_log FOLDER/cache.log
                    coredump_dir FOLDER
                    pinger_enable off
                    shutdown_lifetime 0 seconds
                    visible_hostname proxy.example.org
                    """)
                    .replace("AUTHORITY", place.authority())
                    .replace("HELPER", LOGIN_HELPER.toString())
                    .replace("FOLDER", folder.toString());
            Path file = place.write("squid.conf", text);
            CacheProcess process =
                    CacheProcess.start(place, List.of(CacheSoftware.SQUID.program(), "-N", "-f", file.toString()));
            return new ForwardProxy(process, place.path("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a client takes it. */
    public Proxy proxy() {
        URI url = URI.create(process.url());
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.getHost(), url.getPort()));
    }

    /** Its address and port. */
    public String authority() {
        return URI.create(process.url()).getAuthority();
    }

    /**
     * The requests for some host or URL, such as "200 GET http://example.org/", in the order in which they ended. Waits for
     * them: Squid logs a request a moment after the client has got the response.
     */
    public List<String> requestsFor(String target, int expected) throws InterruptedException {
        for (int polls = 0; polls < 100 && requestsFor(target).size() < expected; polls++) {
            Thread.sleep(50);
        }
        return requestsFor(target);
    }

    private List<String> requestsFor(String target) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains(target))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
