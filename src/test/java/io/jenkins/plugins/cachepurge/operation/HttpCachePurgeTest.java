package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several instances of a cache, of which some do not answer. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class HttpCachePurgeTest {

    @Parameter
    private DriverKind kind;

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Test
    void allInstancesSideBySide() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        PurgeResult result =
                fixture.harness.run(HttpCacheFixture.purge(2, 2), TIMEOUT).succeeded();
        assertEquals(Set.of("/1/0", "/1/1", "/2/0", "/2/1"), Set.copyOf(fixture.purged()));
        assertEquals(4, fixture.purged().size());
        assertEquals(
                "{provider=nginx, target=http://nginx.example:8081/1, http://nginx.example:8082/2, status=purged, what=paths, count=2, requests=["
                        + "{id=http://nginx.example:8081/1, status=purged, count=2}, "
                        + "{id=http://nginx.example:8082/2, status=purged, count=2}]}",
                result.toPipelineValue().toString());
        assertTrue(
                fixture.harness
                        .consoleText()
                        .contains("nginx purge of 2 instances: 2 paths in 4 requests: purged (0.1 s, 4 requests)"),
                fixture.harness::consoleText);
    }

    @Test
    void anInstanceThatComesBack() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failNext(HttpCacheFixture.at(1), UsualFaults.badGatewayHtml());
        fixture.harness.run(HttpCacheFixture.purge(3, 2), TIMEOUT).succeeded();
        assertEquals("/1/0", fixture.purged().get(5), "the others do not wait");
        assertTrue(
                fixture.harness.consoleText().contains("1 request was sent again, which is harmless, after:"),
                fixture.harness::consoleText);
    }

    /** The others are done as fast as without it; the step ends at its deadline and names it. */
    @Test
    void anInstanceThatNeverAnswers() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failEvery(HttpCacheFixture.at(2), UsualFaults.stall());
        List<Duration> purgedAt = new ArrayList<>();
        fixture.harness.transport().atEachBoundary(() -> purgedAt.add(fixture.time.passed()));
        ApiException problem =
                fixture.harness.run(HttpCacheFixture.purge(3, 20), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(40, fixture.purged().size());
        assertTrue(fixture.purged().stream().noneMatch(path -> path.startsWith("/2/")));
        assertEquals(
                2 * (40 + 8),
                purgedAt.stream()
                        .filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0)
                        .count(),
                "all others are done within a second, and eight wait for the one");
        assertTrue(
                problem.getMessage().contains("not purged at: http://nginx.example:8082/2; 0 of 20 paths done; ")
                        && problem.getMessage().contains("Last known: 40 of 60 paths done; "),
                problem.getMessage());
    }

    @Test
    void anInstanceThatStaysDown() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failEvery(HttpCacheFixture.at(2), UsualFaults.badGatewayHtml());
        ApiException problem =
                fixture.harness.run(HttpCacheFixture.purge(3, 1), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(Set.of("/1/0", "/3/0"), Set.copyOf(fixture.purged()));
        assertEquals(
                "nginx purge of 3 instances was not over after 300 s (timeout). Last known: 2 of 3 paths done; purged at: http://nginx.example:8081/1, http://nginx.example:8083/3; not purged at: http://nginx.example:8082/2; nginx was asked to purge /0 of www.example.org at http://nginx.example:8082/2 and answered HTTP 502. Try again later.",
                problem.getMessage());
    }

    /** What one instance says is no reason to leave the others. */
    @Test
    void anInstanceThatSaysNo() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness
                .service()
                .failEvery(HttpCacheFixture.at(1), UsualFaults.redirectTo("http://elsewhere.example/"));
        ApiException problem =
                fixture.harness.run(HttpCacheFixture.purge(3, 1), TIMEOUT).failed(Kind.FAILED);
        assertEquals(Set.of("/2/0", "/3/0"), Set.copyOf(fixture.purged()));
        assertEquals(
                "nginx was asked to purge path /0 at 3 instances and failed at 1 of them: nginx was asked to purge /0 of www.example.org at http://nginx.example:8081/1 and answered HTTP 307. Redirects are not followed, since credentials would travel along. Check the API URL. Purged at: http://nginx.example:8082/2, http://nginx.example:8083/3.",
                problem.getMessage());
    }

    @Test
    void aSingleInstanceIsTriedAgainAsAnyService() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failNext(UsualFaults.badGatewayHtml());
        fixture.harness.run(HttpCacheFixture.purge(1, 2), TIMEOUT).succeeded();
        assertEquals(List.of("/1/1", "/1/0"), fixture.purged());
        ApiException problem = failsAlone();
        assertEquals(
                "nginx was asked to purge /0 of www.example.org at http://nginx.example:8081/1 and answered HTTP 307. Redirects are not followed, since credentials would travel along. Check the API URL.",
                problem.getMessage());
    }

    private ApiException failsAlone() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failEvery(request -> true, UsualFaults.redirectTo("http://elsewhere.example/"));
        return fixture.harness.run(HttpCacheFixture.purge(1, 1), TIMEOUT).failed(Kind.REFUSED);
    }
}
