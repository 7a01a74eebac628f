package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.HOST;
import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.caches.CachePurger.Connection;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.operation.httpcache.CacheOptions;
import io.jenkins.plugins.cachepurge.operation.httpcache.InstanceAddressOption;
import io.jenkins.plugins.cachepurge.operation.httpcache.NotCached;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Further headers, several addresses of one name, and pages that were not there, at each real cache. */
class RealCacheOptionsTest {

    private static final String NAME = "caches.example.org";
    private static final List<String> ADDRESSES = List.of("127.0.0.2", "127.0.0.3");

    @AutoClose
    private final RunningCaches running = new RunningCaches();

    private final OriginServer origin = running.origin();
    private final List<String> console = new ArrayList<>();

    private CacheProcess start(CacheSoftware software, InetSocketAddress listening, UnaryOperator<String> change) {
        return running.start(software, site -> CacheProcess.start(software, listening, site, change));
    }

    private CachePurger purging(CacheSoftware software, CacheOptions options) {
        return new CachePurger(software.server(), console::add, Duration.ofSeconds(20)).with(options);
    }

    private static CacheOptions headers(Map<String, String> headers) {
        return new CacheOptions(headers, NotCached.WARN);
    }

    private static CacheOptions at(InstanceAddressOption addresses) {
        return new CacheOptions(Map.of(), NotCached.WARN, addresses);
    }

    private static List<String> statuses(PurgeResult result) {
        return result.requests().stream().map(PurgeResult.RequestResult::status).toList();
    }

    /** What many sites do that are reached by http and by https. */
    private static String keyWithScheme(String text) {
        return text.replace("sub vcl_recv {", "sub vcl_hash { hash_data(req.http.X-Forwarded-Proto); }\nsub vcl_recv {")
                .replace("$host$request_uri", "$http_x_forwarded_proto$host$request_uri")
                .replaceAll("(?m)^map http.*$", "$0 @plugin=cachekey.so @pparam=--include-headers=X-Forwarded-Proto");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQUID")
    void headersThatAreInTheKey(CacheSoftware software) throws Exception {
        String cache = start(software, CacheProcess.freeAddress(), RealCacheOptionsTest::keyWithScheme)
                .url();
        List<Map<String, String>> schemes =
                List.of(Map.of("X-Forwarded-Proto", "https"), Map.of("X-Forwarded-Proto", "http"));
        schemes.forEach(scheme -> sees(cache, HOST, "/a", scheme));
        origin.change();
        PurgeSelection page = PurgeSelection.paths("/a");
        assertEquals(
                List.of("not cached"),
                statuses(purging(software, CacheOptions.DEFAULT).purge(page, HOST, List.of(cache))));
        assertEquals(
                List.of("purged"),
                statuses(purging(software, headers(schemes.get(0))).purge(page, HOST, List.of(cache))));
        assertEquals("edition 2 of /a", sees(cache, HOST, "/a", schemes.get(0)));
        assertEquals("edition 1 of /a", sees(cache, HOST, "/a", schemes.get(1)));
        assertEquals(List.of(), origin.odd());
    }

    /** Caches that drop only the variant that fits the request. */
    @ParameterizedTest
    @EnumSource(names = {"NGINX", "SQUID"})
    void theVariantOfAHeader(CacheSoftware software) throws Exception {
        String cache = running.start(software).url();
        Map<String, String> brotli = Map.of("Accept-Encoding", "br");
        sees(cache, HOST, "/vary/a", brotli);
        origin.change();
        PurgeResult result =
                purging(software, headers(brotli)).purge(PurgeSelection.paths("/vary/a"), HOST, List.of(cache));
        assertEquals(List.of("purged"), statuses(result));
        assertEquals("edition 2 of /vary/a", sees(cache, HOST, "/vary/a", brotli));
    }

    @ParameterizedTest
    @EnumSource
    void pagesThatWereNotThere(CacheSoftware software) {
        String cache = running.start(software).url();
        sees(cache, "other.example.org", "/a");
        CachePurger strict = purging(software, new CacheOptions(Map.of(), NotCached.FAIL));
        ApiException problem =
                assertThrows(ApiException.class, () -> strict.purge(PurgeSelection.paths("/a"), HOST, List.of(cache)));
        assertThat(problem.getMessage(), allOf(containsString("/a"), containsString("found nothing cached")));
    }

    @ParameterizedTest
    @EnumSource
    void oneNameWithTwoAddresses(CacheSoftware software) throws Exception {
        int port = CacheProcess.freePort();
        List<String> caches = new ArrayList<>();
        for (String address : ADDRESSES) {
            caches.add(start(software, new InetSocketAddress(address, port), UnaryOperator.identity())
                    .url());
        }
        String name = "http://%s:%d".formatted(NAME, port);
        Connection connection = Connection.of(RealCacheOptionsTest::lookUp, TrustedCertificates.NONE);

        caches.forEach(cache -> sees(cache, "/a"));
        origin.change();
        PurgeResult one = purging(software, at(InstanceAddressOption.ANY))
                .over(connection)
                .purge(PurgeSelection.paths("/a"), HOST, List.of(name));
        assertEquals(List.of("purged"), statuses(one));
        assertEquals(List.of("edition 2 of /a", "edition 1 of /a"), seen(caches));

        origin.change();
        PurgeResult all = purging(software, at(InstanceAddressOption.ALL))
                .over(connection)
                .purge(PurgeSelection.paths("/a"), HOST, List.of(name));
        assertEquals(List.of("purged", "purged"), statuses(all));
        assertEquals(
                ADDRESSES.stream()
                        .map(address -> "%s (%s)".formatted(name, address))
                        .toList(),
                all.requests().stream().map(PurgeResult.RequestResult::id).toList());
        assertEquals(List.of("edition 3 of /a", "edition 3 of /a"), seen(caches));

        origin.change();
        purging(software, at(new InstanceAddressOption(false, List.of(ADDRESSES.get(1)))))
                .over(connection)
                .purge(PurgeSelection.paths("/a"), HOST, List.of(name));
        assertEquals(List.of("edition 3 of /a", "edition 4 of /a"), seen(caches));
    }

    private static List<String> seen(List<String> caches) {
        return caches.stream().map(cache -> sees(cache, "/a")).toList();
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (String address : host.equals(NAME) ? ADDRESSES : List.of(host)) {
            found.add(InetAddress.getByName(address));
        }
        return found;
    }

    /** The name is that of TLS and of the certificate, whatever the address. */
    @Test
    void addressesOverTls(@TempDir Path folder) throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate named = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName(NAME)
                .build();
        UnaryOperator<String> tls = withTls(folder, named);
        int port = CacheProcess.freePort();
        for (String address : ADDRESSES) {
            start(CacheSoftware.NGINX, new InetSocketAddress(address, port), tls);
        }
        CachePurger purger = purging(CacheSoftware.NGINX, at(InstanceAddressOption.ALL))
                .over(Connection.of(
                        RealCacheOptionsTest::lookUp, TrustedCertificates.of(List.of(authority.certificate()))));
        List<String> name = List.of("https://%s:%d".formatted(NAME, port));
        PurgeResult result = purger.purge(PurgeSelection.paths("/a"), HOST, name);
        assertEquals(List.of("not cached", "not cached"), statuses(result));

        CachePurger distrustful = purging(CacheSoftware.NGINX, at(InstanceAddressOption.ALL))
                .over(Connection.of(RealCacheOptionsTest::lookUp, TrustedCertificates.NONE));
        ApiException problem =
                assertThrows(ApiException.class, () -> distrustful.purge(PurgeSelection.paths("/a"), HOST, name));
        assertThat(problem.getMessage(), containsString("cannot be trusted"));
    }

    private static UnaryOperator<String> withTls(Path folder, HeldCertificate certificate) throws IOException {
        Path chain =
                Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem(), StandardCharsets.US_ASCII);
        Path key = Files.writeString(
                folder.resolve("key.pem"), certificate.privateKeyPkcs8Pem(), StandardCharsets.US_ASCII);
        return text -> text.replaceAll(
                "listen ([0-9.:]+);",
                "listen $1 ssl;\nssl_certificate %s;\nssl_certificate_key %s;".formatted(chain, key));
    }
}
