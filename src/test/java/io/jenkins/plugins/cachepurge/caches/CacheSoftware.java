package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeMethodClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The caches that Debian has packages of. Each is configured as its page in {@code docs/cdns} says: the files are read
 * from there, and only what belongs to a machine is put in.
 */
public enum CacheSoftware {
    /** Varnish. */
    VARNISH("varnish.md", "varnishd") {
        /** The subroutine that the second configuration replaces. */
        private static final Pattern PURGE_TAGS = Pattern.compile("(?ms)^sub purge_tags \\{$.*?^\\}$");

        @Override
        List<String> configure(CacheSetup place) throws IOException {
            String text = place.block() == 0
                    ? place.documented(0)
                    : PURGE_TAGS
                            .matcher(place.documented(0))
                            .replaceFirst(Matcher.quoteReplacement(place.documented(place.block())));
            Path vcl = place.write("default.vcl", text);
            return List.of(
                    program(),
                    "-F",
                    "-n",
                    place.folder("work").toString(),
                    "-f",
                    vcl.toString(),
                    "-a",
                    place.authority(),
                    "-s",
                    "malloc,32m",
                    "-j",
                    "none");
        }
    },
    /** nginx with the module ngx_cache_purge. */
    NGINX("nginx.md", "nginx") {
        private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so");

        @Override
        public boolean installed() {
            return super.installed() && Files.exists(MODULE);
        }

        @Override
        List<String> configure(CacheSetup place) throws IOException {
            String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                    .map(kind -> "%s_temp_path %s;\n".formatted(kind, place.path(kind)))
                    .reduce("access_log off;\n", String::concat);
            String text = place.documented()
                    .replace("modules/ngx_http_cache_purge_module.so", MODULE.toString())
                    .replace("/var/cache/nginx/pages", place.folder("pages").toString())
                    .replace("listen 80;", "listen %s;".formatted(place.authority()))
                    .replace("http {\n", "http {\n" + temporary);
            String user = place.isRoot() ? "user root;\n" : "";
            Path file = place.write("nginx.conf", user + "daemon off;\npid %s;\n".formatted(place.path("pid")) + text);
            return List.of(
                    program(),
                    "-p",
                    place.folder("").toString(),
                    "-e",
                    place.path("error.log").toString(),
                    "-c",
                    file.toString());
        }
    },
    /** Apache Traffic Server. */
    TRAFFIC_SERVER("trafficserver.md", "traffic_server") {
        @Override
        List<String> configure(CacheSetup place) throws IOException {
            place.write("etc/ip_allow.yaml", place.documented(0));
            place.write(
                    "etc/remap.config",
                    place.documented(1) + mapped(place, place.authority(), 1) + mapped(place, "other.example.org", 2));
            place.write("etc/storage.config", place.folder("cache") + " 32M\n");
            // Otherwise it passes on, uncached, what comes before its cache is ready.
            place.write("etc/records.config", """
                    CONFIG proxy.config.http.wait_for_cache INT 1
                    CONFIG proxy.config.http.server_ports STRING %d:ip-in=%s
                    CONFIG proxy.config.admin.user_id STRING %s
                    """.formatted(
                            place.port(), place.address(), place.isRoot() ? "trafficserver" : "#-1"));
            for (String empty : List.of("plugin.config", "cache.config", "hosting.config", "volume.config")) {
                place.write("etc/" + empty, "");
            }
            Path root = place.write(
                    "runroot.yaml", """
                    prefix: FOLDER
                    exec_prefix: FOLDER
                    bindir: /usr/bin
                    sbindir: /usr/bin
                    sysconfdir: FOLDER/etc
                    datadir: FOLDER/cache
                    includedir: /usr/include
                    libdir: /usr/lib/trafficserver
                    libexecdir: /usr/lib/trafficserver/modules
                    localstatedir: FOLDER/run
                    runtimedir: FOLDER/run
                    logdir: FOLDER/log
                    mandir: /usr/share/man
                    infodir: /usr/share/info
                    cachedir: FOLDER/cache
                    """.replace("FOLDER", place.folder("").toString()));
            place.folder("run");
            place.folder("log");
            return List.of(program(), "--run-root=" + root);
        }

        private static String mapped(CacheSetup place, String host, int origin) throws IOException {
            return place.documented(1)
                    .replace("www.example.org", host)
                    .replace(place.origin().authority(), place.origin().authority(origin));
        }
    },
    /** Squid as a reverse proxy. */
    SQUID("squid.md", "squid") {
        @Override
        List<String> configure(CacheSetup place) throws IOException {
            String text = place.documented(0).replace("http_port 80", "http_port " + place.authority())
                    + """
                    pid_filename FOLDER/pid
                    cache_log FOLDER/cache.log
                    access_log none
                    cache_mem 32 MB
                    coredump_dir FOLDER
                    pinger_enable off
                    shutdown_lifetime 0 seconds
                    visible_hostname cache.example.org
                    """.replace("FOLDER", place.folder("").toString());
            return List.of(
                    program(), "-N", "-f", place.write("squid.conf", text).toString());
        }
    };

    private final String document;
    private final String program;

    CacheSoftware(String document, String program) {
        this.document = document;
        this.program = program;
    }

    /** Writes its files, and says how it is started in the foreground. */
    abstract List<String> configure(CacheSetup place) throws IOException;

    /** What it is called in a Jenkinsfile. */
    public String symbol() {
        return switch (this) {
            case VARNISH -> "varnish";
            case NGINX -> "nginx";
            case TRAFFIC_SERVER -> "trafficServer";
            case SQUID -> "squid";
        };
    }

    /** How it is spoken to. */
    public HttpCacheClient server() {
        return switch (this) {
            case VARNISH -> new VarnishClient(false);
            case NGINX -> new NginxClient(false);
            case TRAFFIC_SERVER -> PurgeMethodClient.TRAFFIC_SERVER;
            case SQUID -> PurgeMethodClient.SQUID;
        };
    }

    /** Its page below {@code docs/cdns}. */
    String document() {
        return document;
    }

    /** Whether it can be started on this machine. */
    public boolean installed() {
        return found().isPresent();
    }

    String program() {
        return found().orElseThrow().toString();
    }

    private Optional<Path> found() {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
