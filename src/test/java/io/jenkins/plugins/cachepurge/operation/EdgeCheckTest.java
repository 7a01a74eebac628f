package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyEdgeCheck;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all places of a CDN serve. */
class EdgeCheckTest {

    private static final String TOKEN = FastlySimulator.DEMO_TOKEN;

    private final VirtualTime time = new VirtualTime();
    private final FastlySimulator fastly =
            FastlySimulator.demo(time).serving(url -> "new".getBytes(StandardCharsets.UTF_8));
    private EngineHarness harness;

    /** The website, and behind the same transport Fastly's API. */
    private final class Internet implements SimService {

        @Override
        public String name() {
            return "internet";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            boolean api =
                    request.header("Host").filter("api.fastly.com"::equals).isPresent();
            return api ? fastly.handle(request) : SimResponse.text(200, "text/html", "new");
        }
    }

    /** Only the requests to Fastly carry its token. */
    private static SignerProvider signers() {
        Signer token = Signer.header(FastlyClient.TOKEN_HEADER, TOKEN);
        return new SignerProvider() {
            @Override
            public Authentication authentication() {
                return Signer.NONE;
            }

            @Override
            public SignerProvider forAccount(String account) {
                return account.equals(PageVerification.CDN) ? () -> token : this;
            }
        };
    }

    private PageVerification verification(int pages) {
        Expectations expected = new Expectations(
                200, Optional.of("new"), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
        List<PageToVerify> all = IntStream.range(0, pages)
                .mapToObj(i -> new PageToVerify(
                        PageUrl.of("https://www.example.org/" + i).orElseThrow(),
                        AddressRule.GLOBAL_ONLY,
                        Map.of(),
                        false,
                        Optional.empty()))
                .toList();
        FastlyEdgeCheck edgeCheck = new FastlyEdgeCheck(new FastlyClient(ApiUrl.of("https://api.fastly.com")));
        return new PageVerification(all, expected, 1, Optional.of(edgeCheck));
    }

    private void start(DriverKind kind) {
        harness = new EngineHarness(kind, time, new Internet(), Signer.NONE);
        harness.lookUpCredentials(signers());
    }

    @ParameterizedTest
    @EnumSource
    void allPlacesServeIt(DriverKind kind) {
        start(kind);
        VerificationResult result =
                harness.run(verification(1).operation(), Duration.ofMinutes(1)).succeeded();
        assertEquals(List.of(3), result.places());
        assertEquals(
                "the page is as expected, also 3 of 3 places of the CDN serve it",
                result.summary().toString());
        assertThat(result.toPipelineValue().toString(), containsString("places=3"));
        for (SimRequest request : harness.service().requests()) {
            boolean api =
                    request.header("Host").filter("api.fastly.com"::equals).isPresent();
            assertEquals(api, request.header(FastlyClient.TOKEN_HEADER).isPresent(), request::toString);
        }
    }

    @Test
    void aPlaceThatIsLateIsWaitedFor() {
        start(DriverKind.ASYNC);
        fastly.staleAt("JFK", 2);
        VerificationResult result =
                harness.run(verification(1).operation(), Duration.ofMinutes(1)).succeeded();
        assertEquals(List.of(3), result.places());
        assertThat(harness.consoleText(), containsString("https://www.example.org/0: 2 of 3 places serve it"));
    }

    @Test
    void aPlaceThatStaysStaleIsNamed() {
        start(DriverKind.ASYNC);
        fastly.staleAt("JFK", 1000);
        ApiException problem =
                harness.run(verification(1).operation(), Duration.ofMinutes(1)).failed(ApiException.Kind.TIMED_OUT);
        assertThat(problem.getMessage(), containsString("2 of 3 places serve it; not yet: JFK"));
    }

    /** Two hundred checks an hour, and not one refusal. */
    @Test
    void theLimitOfAnHourIsRespected() {
        start(DriverKind.ASYNC);
        VerificationResult result =
                harness.run(verification(210).operation(), Duration.ofHours(2)).succeeded();
        assertEquals(210, result.places().size());
        assertTrue(time.passed().compareTo(Duration.ofSeconds(109 * 36)) >= 0, time.passed()::toString);
        assertEquals(
                210,
                harness.service()
                        .requests(request -> request.path().equals("/content/edge_check"))
                        .size());
    }
}
