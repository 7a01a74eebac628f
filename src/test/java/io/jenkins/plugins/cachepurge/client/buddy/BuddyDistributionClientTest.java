package io.jenkins.plugins.cachepurge.client.buddy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.OverHttp;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedBuddyRoutePurge;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuddyDistributionClientTest {

    private static final BuddyDistributionClient VENDOR = new BuddyDistributionClient(BuddyClient.VENDOR_URLS.get(0));
    private static final BuddyRouteRef ROUTE = new BuddyRouteRef("acme", null, "rm1P93jG", "dybEM2bg");
    private static final BuddyRouteRef OF_PROJECT = new BuddyRouteRef("acme", "web site", "nZrnl40Y", "12");

    private final BuddySimulator buddy = new BuddySimulator(InstantSource.system(), "token")
            .addRoute("acme", "", "rm1P93jG", "dybEM2bg")
            .addRoute("acme", "web site", "nZrnl40Y", "12");
    private final OverHttp wire = new OverHttp(buddy, Signer.bearer("token"));
    private final BuddyDistributionClient client = new BuddyDistributionClient(wire.url());

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void purgesPathsAndEverything() {
        wire.said(client.purge(ROUTE, List.of("/index.html", "/assets/*")));
        wire.said(client.purgeAll(OF_PROJECT));
        assertEquals(
                List.of(
                        new RecordedBuddyRoutePurge("rm1P93jG", "dybEM2bg", List.of("/index.html", "/assets/*")),
                        new RecordedBuddyRoutePurge("nZrnl40Y", "12", List.of())),
                buddy.routePurges());
    }

    @Test
    void asksAsDocumented() {
        ApiCall<NoContent> all = VENDOR.purgeAll(ROUTE);
        assertEquals(
                "https://api.buddy.works/workspaces/acme/distributions/rm1P93jG/routes/dybEM2bg/cache",
                all.request().url().toString());
        assertEquals(Optional.of("{\"purge_all\":true}"), all.request().bodyText());
        assertEquals(Map.of("X-Buddy-Media-Type", "buddy.v1.1.0"), all.request().headers());
        assertEquals("purge everything of route dybEM2bg of distribution rm1P93jG of acme", all.purpose());
        assertEquals(Idempotency.IDEMPOTENT, all.idempotency());
        ApiCall<NoContent> one = VENDOR.purge(OF_PROJECT, List.of("/a"));
        assertEquals(
                "https://api.buddy.works/workspaces/acme/distributions/nZrnl40Y/routes/12/cache?project_name=web%20site",
                one.request().url().toString());
        assertEquals(
                Optional.of("{\"purge_all\":false,\"purge_paths\":[\"/a\"]}"),
                one.request().bodyText());
        assertEquals("purge path /a of route 12 of distribution nZrnl40Y of acme/web site", one.purpose());
    }

    @Test
    void anEmptyListIsNotSent() {
        assertThrows(IllegalArgumentException.class, () -> VENDOR.purge(ROUTE, List.of()));
    }

    @Test
    void readsARoute() {
        assertEquals("www.acme.example", wire.said(client.route(ROUTE)).address());
        assertEquals(
                404,
                wire.refused(client.route(new BuddyRouteRef("acme", null, "nZrnl40Y", "12")))
                        .status()
                        .orElseThrow());
    }

    /** The reference says number, its examples show signs. */
    @Test
    void anIdMayBeANumber() {
        assertEquals(
                "12",
                TestResponses.said(VENDOR.route(OF_PROJECT), 200, "{\"id\":12,\"path\":\"/x\"}")
                        .id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"other\"}", "{\"id\":12}", "{\"id\":[]}", "[]", ""})
    void anotherOrNoRouteIsNoAnswer(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.route(ROUTE), TestResponses.answer(200, body))
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}"})
    void takesASuccessWithoutABody(String body) {
        assertEquals(new NoContent(), TestResponses.said(VENDOR.purgeAll(ROUTE), 204, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "null", "{\"errors\":[]}"})
    void anythingElseIsNoSuccess(String body) {
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(VENDOR.purgeAll(ROUTE), TestResponses.answer(200, body))
                        .kind());
    }

    @Test
    void namesTheMissingScope() {
        buddy.rejectScope("DISTRIBUTION_MANAGE");
        ApiException problem = wire.refused(client.purgeAll(ROUTE));
        assertTrue(
                problem.getMessage()
                        .endsWith("Check that the token has the scope DISTRIBUTION_MANAGE and may see the project."),
                problem.getMessage());
        assertEquals(List.of(), buddy.routePurges());
        wire.said(client.route(ROUTE));
    }
}
