package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;

/** Several instances of a cache, of which some do not answer. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class HttpCachePurgeTest {

    @Parameter
    private DriverKind kind;

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Test
    void oneInstanceAfterTheOther() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        PurgeResult result = fixture.harness.run(HttpCacheFixture.purge(2, 2), TIMEOUT).succeeded();
        assertEquals(List.of("/1/0", "/1/1", "/2/0", "/2/1"), fixture.purged());
        assertEquals(
                "{provider=nginx, target=http://nginx.example/1, http://nginx.example/2, status=purged, what=paths, count=2, requests=["
                        + "{id=http://nginx.example/1, status=purged, count=1}, {id=http://nginx.example/1, status=purged, count=1}, "
                        + "{id=http://nginx.example/2, status=purged, count=1}, {id=http://nginx.example/2, status=purged, count=1}]}",
                result.toPipelineValue().toString());
        assertTrue(
                fixture.harness
                        .consoleText()
                        .contains("nginx purge of 2 instances: 2 paths in 4 requests: purged (0.4 s, 4 requests)"),
                fixture.harness::consoleText);
    }

    /** What is down comes last, and goes on where it was. */
    @Test
    void anInstanceThatComesBack() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failNext(HttpCacheFixture.at(1), Faults.badGatewayHtml());
        fixture.harness.run(HttpCacheFixture.purge(3, 2), TIMEOUT).succeeded();
        assertEquals(List.of("/2/0", "/2/1", "/3/0", "/3/1", "/1/0", "/1/1"), fixture.purged());
    }

    @Test
    void twoInstancesThatComeBackInTurn() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness
                .service()
                .failNext(HttpCacheFixture.at(1), Faults.badGatewayHtml())
                .failNext(HttpCacheFixture.at(2), Faults.badGatewayHtml())
                .failNext(HttpCacheFixture.at(1), Faults.badGatewayHtml());
        fixture.harness.run(HttpCacheFixture.purge(3, 1), TIMEOUT).succeeded();
        assertEquals(List.of("/3/0", "/2/0", "/1/0"), fixture.purged());
        assertTrue(fixture.harness.consoleText().contains("Now trying again in "), fixture.harness::consoleText);
        Duration took = Duration.between(VirtualTime.START, fixture.time.instant());
        assertTrue(took.compareTo(Duration.ofSeconds(1)) > 0, "it pauses before it asks the same again: " + took);
    }

    @Test
    void anInstanceThatStaysDown() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failEvery(HttpCacheFixture.at(2), Faults.badGatewayHtml());
        ApiException problem = fixture.harness.run(HttpCacheFixture.purge(3, 1), TIMEOUT).failed(Kind.TIMED_OUT);
        assertEquals(List.of("/1/0", "/3/0"), fixture.purged());
        assertEquals(
                "nginx purge of 3 instances was not over after 300 s (timeout). Last known: nginx was asked to purge /0 of www.example.org at http://nginx.example/2 and answered HTTP 502. Try again later; purged at: http://nginx.example/1, http://nginx.example/3; not purged at: http://nginx.example/2.",
                problem.getMessage());
    }

    /** Nobody waits for the second when it is clear that the first has failed. */
    @Test
    void anInstanceThatSaysNo() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness
                .service()
                .failEvery(HttpCacheFixture.at(1), Faults.redirectTo("http://elsewhere.example/"))
                .failEvery(HttpCacheFixture.at(2), Faults.badGatewayHtml());
        ApiException problem = fixture.harness.run(HttpCacheFixture.purge(3, 2), TIMEOUT).failed(Kind.FAILED);
        assertEquals(List.of("/3/0", "/3/1"), fixture.purged());
        assertEquals(
                "nginx was asked to purge 2 paths at 3 instances and failed at 2 of them: nginx was asked to purge /0 of www.example.org at http://nginx.example/1 and answered HTTP 307. Redirects are not followed, since credentials would travel along. Check the API URL. nginx was asked to purge /0 of www.example.org at http://nginx.example/2 and answered HTTP 502. Try again later. Purged at: http://nginx.example/3.",
                problem.getMessage());
        assertTrue(Duration.between(VirtualTime.START, fixture.time.instant()).compareTo(Duration.ofSeconds(2)) < 0);
    }

    @Test
    void aSingleInstanceIsTriedAgainAsAnyService() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failNext(Faults.badGatewayHtml());
        fixture.harness.run(HttpCacheFixture.purge(1, 2), TIMEOUT).succeeded();
        assertEquals(List.of("/1/0", "/1/1"), fixture.purged());
        ApiException problem = failsAlone();
        assertEquals(
                "nginx was asked to purge /0 of www.example.org at http://nginx.example/1 and answered HTTP 307. Redirects are not followed, since credentials would travel along. Check the API URL.",
                problem.getMessage());
    }

    private ApiException failsAlone() {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        fixture.harness.service().failEvery(request -> true, Faults.redirectTo("http://elsewhere.example/"));
        return fixture.harness.run(HttpCacheFixture.purge(1, 1), TIMEOUT).failed(Kind.REFUSED);
    }
}
