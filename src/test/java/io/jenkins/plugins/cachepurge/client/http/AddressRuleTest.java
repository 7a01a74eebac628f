package io.jenkins.plugins.cachepurge.client.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that must not reach the inside of a network, whatever a name resolves to. */
class AddressRuleTest {

    private static final AddressRule LOCAL = new AddressRule(AddressScope.LOCAL, 0);
    private static final AddressRule PRIVATE = new AddressRule(AddressScope.PRIVATE, 0);

    @StartStop
    private final MockWebServer server = new MockWebServer();

    private final List<String> lookups = new ArrayList<>();

    private Outcome<Integer> send(Dns dns, HttpUrl url, AddressRule rule) {
        return send(new OkHttpClient.Builder().dns(dns), url, rule);
    }

    private Outcome<Integer> send(OkHttpClient.Builder client, HttpUrl url, AddressRule rule) {
        return send(transport(client), url, rule);
    }

    private static OkHttpTransport transport(OkHttpClient.Builder client) {
        return new OkHttpTransport(HttpLimits.applyTo(client).build(), "test", InstantSource.system());
    }

    private static Outcome<Integer> send(OkHttpTransport transport, HttpUrl url, AddressRule rule) {
        ApiCall<Integer> call = TestCalls.of(ApiRequest.get(url).withAddresses(rule), new ResponseReader<Integer>() {
            @Override
            public Integer read(com.fasterxml.jackson.databind.JsonNode json, ApiResponse answer) {
                return answer.status();
            }

            @Override
            public BodyFormat format() {
                return BodyFormat.TEXT;
            }

            @Override
            public boolean accepts(ApiResponse answer) {
                return true;
            }
        });
        CompletableFuture<Outcome<Integer>> outcome = new CompletableFuture<>();
        transport.send(call, Signer.NONE, HttpLimits.EXCHANGE_TIMEOUT, outcome::complete);
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    /** Answers each lookup with the next list; the last again and again. */
    private Dns answering(String... each) {
        Iterator<String> answers = Arrays.asList(each).iterator();
        List<String> last = new ArrayList<>(List.of(""));
        return name -> {
            lookups.add(name);
            if (answers.hasNext()) {
                last.set(0, answers.next());
            }
            List<InetAddress> addresses = new ArrayList<>();
            for (String literal : last.get(0).split(" ")) {
                addresses.add(InetAddress.getByAddress(
                        name, InetAddress.getByName(literal).getAddress()));
            }
            return addresses;
        };
    }

    private HttpUrl url(String host) {
        return server.url("/secret").newBuilder().host(host).build();
    }

    private static ApiException refused(Outcome<?> outcome) {
        ApiException problem = assertInstanceOf(Outcome.Failure.class, outcome).problem();
        assertEquals(ApiException.Kind.FORBIDDEN_ADDRESS, problem.kind(), problem.getMessage());
        assertEquals(1, problem.getMessage().lines().count());
        return problem;
    }

    @Test
    void aNameThatResolvesToThisMachineIsRefused() {
        ApiException problem = refused(send(answering("127.0.0.1"), url("www.example.org"), AddressRule.GLOBAL_ONLY));
        assertThat(
                problem.getMessage(),
                containsString(
                        "but the host www.example.org has the address 127.0.0.1, which is local. Nothing was sent."));
        refused(send(answering("127.0.0.1"), url("www.example.org"), PRIVATE));
        assertEquals(0, server.getRequestCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "169.254.169.254", "::1", "fd00:ec2::254", "::ffff:127.0.0.1", "100.64.0.1"})
    void aNameThatResolvesToTheInsideIsRefused(String address) {
        refused(send(answering(address), url("www.example.org"), AddressRule.GLOBAL_ONLY));
    }

    @Test
    void oneForbiddenAddressAmongOthersIsEnough() {
        refused(send(answering("192.0.2.1 127.0.0.1"), url("www.example.org"), AddressRule.GLOBAL_ONLY));
        assertEquals(0, server.getRequestCount());
    }

    /** No resolver is asked for what is an address already. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:a9fe:a9fe", "0.0.0.0"})
    void anAddressInTheUrlIsRefused(String host) {
        refused(send(Dns.SYSTEM, url(host), AddressRule.GLOBAL_ONLY));
        assertEquals(0, server.getRequestCount());
    }

    /** Other notations of 127.0.0.1 and 169.254.169.254, which the system's resolver knows. */
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.1", "2852039166", "localhost"})
    void otherNotationsNeverReachIt(String host) {
        Outcome<Integer> outcome = send(Dns.SYSTEM, url(host), AddressRule.GLOBAL_ONLY);
        assertInstanceOf(Outcome.Failure.class, outcome);
        assertEquals(0, server.getRequestCount());
    }

    /** The address that was checked is the one connected to: there is no second lookup that could answer otherwise. */
    @Test
    void aNameIsResolvedOnce() {
        server.enqueue(new MockResponse.Builder().build());
        Dns dns = answering("127.0.0.1", "10.1.2.3");
        assertEquals(new Outcome.Success<>(200), send(dns, url("www.example.org"), LOCAL));
        assertEquals(List.of("www.example.org"), lookups);
    }

    @Test
    void aNameThatResolvesDifferentlyTheSecondTimeIsRefusedThen() {
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(new MockResponse.Builder().build());
        OkHttpTransport transport =
                transport(new OkHttpClient.Builder().dns(answering("127.0.0.1", "169.254.169.254")));
        AddressRule loopbackOnly = LOCAL;
        assertEquals(new Outcome.Success<>(200), send(transport, url("www.example.org"), loopbackOnly));
        ApiException problem = refused(send(transport, url("www.example.org"), PRIVATE.withRotation(1)));
        assertThat(problem.getMessage(), containsString("169.254.169.254"));
        assertEquals(1, server.getRequestCount());
    }

    /** A connection that was made under a rule that allows more is not used under one that allows less. */
    @Test
    void aConnectionOfAnotherRuleIsNotReused() {
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(new MockResponse.Builder().build());
        OkHttpTransport transport = transport(new OkHttpClient.Builder().dns(answering("127.0.0.1")));
        assertEquals(new Outcome.Success<>(200), send(transport, url("www.example.org"), LOCAL));
        refused(send(transport, url("www.example.org"), AddressRule.GLOBAL_ONLY));
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void aRedirectToTheInsideIsAnAnswerAndNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "http://169.254.169.254/latest/meta-data/")
                .build());
        assertEquals(new Outcome.Success<>(302), send(answering("127.0.0.1"), url("www.example.org"), LOCAL));
        assertEquals(List.of("www.example.org"), lookups);
    }

    /** Each of the addresses of a name is asked in turn, on a connection of its own. */
    @Test
    void addressesAreAskedInTurn() throws UnknownHostException {
        Dns two = answering("192.0.2.1 192.0.2.2 192.0.2.3");
        List<String> first = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            CheckedDns dns = new CheckedDns("www.example.org", AddressRule.GLOBAL_ONLY.withRotation(number), two);
            first.add(dns.lookup("www.example.org").get(0).getHostAddress());
        }
        assertEquals(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1"), first);
    }

    @Test
    void eachNumberHasAConnectionOfItsOwn() throws InterruptedException {
        OkHttpTransport transport = transport(new OkHttpClient.Builder().dns(answering("127.0.0.1")));
        List<Integer> ports = new ArrayList<>();
        for (int number : List.of(0, 0, 1)) {
            server.enqueue(new MockResponse.Builder().build());
            send(transport, url("www.example.org"), LOCAL.withRotation(number));
            ports.add(server.takeRequest().getConnectionIndex());
        }
        assertEquals(ports.get(0), ports.get(1));
        assertEquals(ports.get(0) + 1, ports.get(2));
    }

    /** A proxy is inside by nature; it resolves the page's host itself. */
    @Test
    void theProxyMayHaveAnyAddress() {
        server.enqueue(new MockResponse.Builder().build());
        InetSocketAddress address = InetSocketAddress.createUnresolved("proxy.example.org", server.getPort());
        OkHttpClient.Builder client =
                new OkHttpClient.Builder().dns(answering("127.0.0.1")).proxy(new Proxy(Proxy.Type.HTTP, address));
        assertEquals(
                new Outcome.Success<>(200),
                send(client, HttpUrl.get("http://www.example.org/"), AddressRule.GLOBAL_ONLY));
        assertEquals(List.of("proxy.example.org"), lookups);
        refused(send(client, HttpUrl.get("http://169.254.169.254/"), AddressRule.GLOBAL_ONLY));
        assertEquals(1, server.getRequestCount());
    }
}
