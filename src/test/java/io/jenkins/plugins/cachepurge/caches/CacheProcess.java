package io.jenkins.plugins.cachepurge.caches;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real cache on this machine, in a process and a folder of its own, in front of an {@link OriginServer}. */
public final class CacheProcess implements AutoCloseable {

    /** An address that is not this machine's, so that nobody here may purge. */
    public static final String SOMEBODY_ELSE = "192.0.2.10";

    /** This machine. */
    public static final String ME = "127.0.0.1";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Socket NOBODY = bound();

    private final Process process;
    private final CacheSetup place;
    private final Thread atExit = new Thread(this::kill);

    private CacheProcess(Process process, CacheSetup place) {
        this.process = process;
        this.place = place;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts it with this machine as the one that may purge; returns when it can be used. */
    public static CacheProcess start(CacheSoftware software, OriginServer origin) {
        return start(software, origin, ME);
    }

    /** @param purger the address that may purge */
    public static CacheProcess start(CacheSoftware software, OriginServer origin, String purger) {
        return start(software, origin, purger, UnaryOperator.identity());
    }

    /** One that has its pages from another cache, in front of the same origin. */
    static CacheProcess around(CacheProcess inner, CacheSoftware software, OriginServer origin) {
        return start(software, origin, ME, text -> text.replace(origin.authority(), inner.place.authority()));
    }

    /** One that passes requests to purge on to the site, as an unprepared cache does. */
    static CacheProcess unprepared(CacheSoftware software, OriginServer origin) {
        return start(
                software,
                origin,
                ME,
                text -> text.replace("= \"PURGE\"", "= \"NEVER\"")
                        .replace("= \"BAN\"", "= \"NEVER\"")
                        .replace("$request_method = PURGE", "$request_method = NEVER")
                        .replace(
                                "CONFIG proxy.config.admin",
                                "CONFIG proxy.config.http.cache.http INT 0\nCONFIG proxy.config.admin")
                        .replace("acl purge method PURGE", "acl purge method NEVER"));
    }

    /** Varnish with a VCL as in many an example. */
    static CacheProcess usualVcl(OriginServer origin) {
        return start(
                CacheSoftware.VARNISH,
                origin,
                ME,
                text -> text.replace("return (hash);", "return (purge);").replace("Prefix banned", "Ban added"));
    }

    /** Varnish with another VCL, in which PORT stands for that of the origin. */
    static CacheProcess varnish(String vcl, OriginServer origin) {
        return start(CacheSoftware.VARNISH, origin, ME, text -> vcl.replace("PORT", Integer.toString(origin.port())));
    }

    /** Varnish with the subroutine for tags that needs the module xkey. */
    static CacheProcess varnishWithXkey(OriginServer origin) {
        return start(CacheSoftware.VARNISH, origin, ME, 1, UnaryOperator.identity());
    }

    /** Varnish with the acl and the answer of the example in its manual, for somebody who may not purge. */
    static CacheProcess manualsVcl(OriginServer origin) {
        return start(
                CacheSoftware.VARNISH,
                origin,
                SOMEBODY_ELSE,
                text -> text.replace("synth(403, \"Purging not allowed\")", "synth(405, \"Not allowed.\")"));
    }

    /** nginx with a location {@code /purge/}, the second configuration of its page. */
    static CacheProcess nginxWithPurgeLocation(OriginServer origin, String purger) {
        return start(CacheSoftware.NGINX, origin, purger, 1, UnaryOperator.identity());
    }

    /** nginx whose location serves files, and knows nothing of purging. */
    static CacheProcess nginxWithFiles(OriginServer origin) {
        return start(
                CacheSoftware.NGINX,
                origin,
                ME,
                text -> text.replaceAll("if \\(\\$request_method = PURGE\\) \\{\\s+return 418;\\s+}", "")
                        .replaceAll("proxy_pass [^;]+;", ""));
    }

    private static CacheProcess start(
            CacheSoftware software, OriginServer origin, String purger, UnaryOperator<String> change) {
        return start(software, origin, purger, 0, change);
    }

    private static CacheProcess start(
            CacheSoftware software, OriginServer origin, String purger, int block, UnaryOperator<String> change) {
        return start(software, freeAddress(), origin, purger, block, change);
    }

    /** @param listening where it listens, an address of this machine */
    static CacheProcess start(
            CacheSoftware software, InetSocketAddress listening, OriginServer origin, UnaryOperator<String> change) {
        return start(software, listening, origin, ME, 0, change);
    }

    private static CacheProcess start(
            CacheSoftware software,
            InetSocketAddress listening,
            OriginServer origin,
            String purger,
            int block,
            UnaryOperator<String> change) {
        try {
            Path folder = Files.createTempDirectory(
                    "cache-purge-" + software.name().toLowerCase().replace('_', '-'));
            CacheSetup place = new CacheSetup(folder, document(software), block, listening, origin, purger, change);
            place.folder("");
            return start(place, software.configure(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param command starts it in the foreground */
    static CacheProcess start(CacheSetup place, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(place.path("console.log").toFile());
        CacheProcess cache = new CacheProcess(builder.start(), place);
        cache.awaitStart();
        return cache;
    }

    private static Path document(CacheSoftware software) {
        Path page = Path.of("docs", "cdns", software.document());
        return Files.exists(page) ? page : Path.of("..").resolve(page);
    }

    /** A loopback port at which nothing listens, reserved by this process so that no other one does. */
    public static int portOfNobody() {
        return NOBODY.getLocalPort();
    }

    private static Socket bound() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(ME, 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress freeAddress() {
        return new InetSocketAddress(ME, freePort());
    }

    /** A loopback port for a server that starts soon. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ME))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart() throws IOException {
        Instant latest = Instant.now().plus(START);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(latest)) {
                String said = Files.readString(place.path("console.log"));
                close();
                throw new IllegalStateException("it did not start: " + said);
            }
            pause();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(place.listening(), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url() {
        return "http://" + place.authority();
    }

    /** Ends its processes and removes its folder. */
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The machine is going down, and has run it or will.
        }
    }

    private void kill() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // What a temporary folder holds is removed with all others.
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(place.path(""))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
