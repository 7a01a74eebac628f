package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributionClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeMethodClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyRoutePurge;
import io.jenkins.plugins.cachepurge.operation.bunny.BunnyPurge;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However a page is chosen, every service is sent its address as browsers spell it. */
class PageSpellingTest {

    private static final ApiUrl API = ApiUrl.of("https://api.example");
    private static final String HOST = "cdn.acme.example";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was typed, and the path and query that browsers ask for. */
    static List<String[]> pages() {
        return List.of(
                page("/", "/"),
                page("/größe.html", "/gr%C3%B6%C3%9Fe.html"),
                page("/gr%C3%B6%C3%9Fe.html", "/gr%C3%B6%C3%9Fe.html"),
                page("/gr%c3%b6%c3%9fe.html", "/gr%c3%b6%c3%9fe.html"),
                page("/gro\u0308\u00dfe.html", "/gro%CC%88%C3%9Fe.html"),
                page("/a b/c", "/a%20b/c"),
                page("/a%20b%2Fc", "/a%20b%2Fc"),
                page("/100%.html", "/100%.html"),
                page("/a|b", "/a|b"),
                page("/a%7Cb/c|d", "/a%7Cb/c|d"),
                page("/[1]{2}^`\"<>", "/[1]%7B2%7D%5E%60%22%3C%3E"),
                page("/a+b;c=d,e:f@g!$&'()~_-.", "/a+b;c=d,e:f@g!$&'()~_-."),
                page("/a//b/", "/a//b/"),
                page("/.well-known/...", "/.well-known/..."),
                page("/to/http://c/", "/to/http://c/"),
                page("/\ud83d\udc69\u200d\ud83d\udcbb", "/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB"),
                page("/\u0645\u06cc\u200c\u062e", "/%D9%85%DB%8C%E2%80%8C%D8%AE"),
                page("/a?", "/a?"),
                page("/a?b=c d&e=é|^{}'&f=/../g?h", "/a?b=c%20d&e=%C3%A9|^{}%27&f=/../g?h"));
    }

    private static String[] page(String typed, String target) {
        return new String[] {typed, target};
    }

    static Stream<Arguments> sentPages() {
        return Stream.of(Service.values())
                .flatMap(service -> service.forms()
                        .flatMap(form -> pages().stream()
                                .filter(page -> form.takes(page[1]))
                                .map(page -> Arguments.of(service, form, page[0], page[1]))));
    }

    @ParameterizedTest
    @MethodSource("sentPages")
    void isThatOfBrowsers(Service service, Form form, String typed, String target) {
        PurgeSelection selection = new PurgeSelection(form.type, List.of(form.start + typed));
        assertEquals(form.sent.replace("{}", target), service.sent(selection));
    }

    @ParameterizedTest
    @CsvSource({"bücher.example, xn--bcher-kva.example", "WWW.Example.org, www.example.org", "faß.de, xn--fa-hia.de"})
    void hostsAreSentInAscii(String typed, String sent) {
        assertEquals(sent, Service.CLOUDFLARE.sent(new PurgeSelection(SelectionType.HOSTS, List.of(typed))));
        assertEquals(
                "https://%s/a".formatted(sent),
                Service.CLOUDFLARE.sent(
                        new PurgeSelection(SelectionType.URLS, List.of("https://%s/a".formatted(typed)))));
        assertEquals(
                sent + "/a",
                Service.CLOUDFLARE.sent(new PurgeSelection(SelectionType.PREFIXES, List.of(typed + "/a"))));
    }

    /**
     * How a service is told of a page.
     *
     * @param start what stands before the path in the value that is typed
     * @param sent what the service is sent, with {} for path and query
     * @param queries whether it may have a query
     */
    record Form(SelectionType type, String start, String sent, boolean queries) {

        boolean takes(String target) {
            return queries || !target.contains("?");
        }

        static Form path(String sent) {
            return new Form(SelectionType.PATHS, "", sent, true);
        }

        static Form url(String sent) {
            return new Form(SelectionType.URLS, "https://" + HOST, sent, true);
        }

        static Form prefix(String start, String sent, boolean queries) {
            return new Form(SelectionType.PREFIXES, start, sent, queries);
        }
    }

    /** Each CDN and cache. */
    enum Service {
        SCALEWAY(Form.path("{}")) {
            @Override
            String sent(PurgeSelection selection) {
                return firstValue(new ScalewayPurge(new ScalewayClient(API), "id", new Batches(selection, 5), true)
                        .submit(0)
                        .request());
            }
        },
        GOTIPATH(Form.path("{}")) {
            @Override
            String sent(PurgeSelection selection) {
                return firstValue(new GotipathPurge(new GotipathClient(API), "id", "url", new Batches(selection, 5))
                        .request(0)
                        .request());
            }
        },
        BUDDY(Form.path("{}"), Form.prefix("", "{}*", false)) {
            @Override
            String sent(PurgeSelection selection) {
                BuddyRouteRef route = new BuddyRouteRef("acme", null, "d", "r");
                return firstValue(BuddyRoutePurge.of(new BuddyDistributionClient(API), route, selection)
                        .request(0)
                        .request());
            }
        },
        GCORE(Form.path("{}"), Form.url("{}"), Form.prefix("", "{}*", false)) {
            @Override
            String sent(PurgeSelection selection) {
                GcoreFixture gcore = new GcoreFixture(DriverKind.values()[0]);
                gcore.harness.run(GcoreFixture.purge(selection, true)).succeeded();
                return gcore.submitted().get(0).get(0);
            }
        },
        CLOUDFLARE(Form.url("https://" + HOST + "{}"), Form.prefix(HOST, HOST + "{}", false)) {
            @Override
            String sent(PurgeSelection selection) {
                return firstValue(new CloudflarePurge(new CloudflareClient(API), "zone", selection, false, 5)
                        .request(0)
                        .request());
            }
        },
        AKAMAI(Form.url("https://" + HOST + "{}")) {
            @Override
            String sent(PurgeSelection selection) {
                AkamaiFixture akamai = new AkamaiFixture(DriverKind.values()[0]);
                akamai.harness.run(AkamaiFixture.purge(selection)).succeeded();
                return firstValue(akamai.harness.service().requests().get(0).bodyText());
            }
        },
        KEYCDN(Form.url(HOST + "{}")) {
            @Override
            String sent(PurgeSelection selection) {
                return firstValue(new KeyCdnPurge(new KeyCdnClient(API), 1, selection)
                        .request(0)
                        .request());
            }
        },
        BUNNY(
                Form.url("https://" + HOST + "{}"),
                Form.prefix(HOST, "https://" + HOST + "{}*", false),
                Form.prefix("http://" + HOST, "http://" + HOST + "{}*", false)) {
            @Override
            String sent(PurgeSelection selection) {
                return new BunnyPurge(new BunnyClient(API), 0, selection, true)
                        .request(0)
                        .request()
                        .url()
                        .queryParameter("url");
            }
        },
        FASTLY(Form.url("https://api.example/purge/" + HOST + "{}")) {
            @Override
            String sent(PurgeSelection selection) {
                return new FastlyPurge(new FastlyClient(API), "id", selection, false)
                        .request(0)
                        .request()
                        .url()
                        .toString();
            }
        },
        VARNISH(cacheForms("{}", "{}")) {
            @Override
            String sent(PurgeSelection selection) {
                return sent(new VarnishClient(false), selection);
            }
        },
        NGINX(cacheForms("{}", "{}*")) {
            @Override
            String sent(PurgeSelection selection) {
                return sent(new NginxClient(false), selection);
            }
        },
        TRAFFIC_SERVER(Form.path("https://api.example{} of " + HOST), Form.url("https://api.example{} of " + HOST)) {
            @Override
            String sent(PurgeSelection selection) {
                return sent(PurgeMethodClient.TRAFFIC_SERVER, selection);
            }
        },
        SQUID(Form.path("https://api.example{} of " + HOST), Form.url("https://api.example{} of " + HOST)) {
            @Override
            String sent(PurgeSelection selection) {
                return sent(PurgeMethodClient.SQUID, selection);
            }
        };

        private final List<Form> forms;

        Service(Form... forms) {
            this.forms = List.of(forms);
        }

        Stream<Form> forms() {
            return forms.stream();
        }

        /** What the service is sent for the first value. */
        abstract String sent(PurgeSelection selection);

        private static Form[] cacheForms(String page, String prefix) {
            String sent = "https://api.example%s of " + HOST;
            return new Form[] {
                Form.path(sent.formatted(page)),
                Form.url(sent.formatted(page)),
                Form.prefix("", sent.formatted(prefix), true),
                Form.prefix(HOST, sent.formatted(prefix), true),
                Form.prefix("https://" + HOST, sent.formatted(prefix), true)
            };
        }

        static String sent(HttpCacheClient client, PurgeSelection selection) {
            ApiRequest request =
                    client.purge(API, new PurgeScopes(selection, HOST).get(0)).request();
            return request.url() + " of " + request.headers().get("Host");
        }

        static String firstValue(ApiRequest request) {
            return firstValue(request.bodyText().orElseThrow());
        }

        static String firstValue(String json) {
            try {
                for (JsonNode value : JSON.readTree(json)) {
                    if (value.isArray()) {
                        return value.get(0).textValue();
                    }
                }
                throw new AssertionError(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
