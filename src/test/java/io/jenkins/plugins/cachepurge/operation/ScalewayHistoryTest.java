package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class ScalewayHistoryTest {

    @Parameter
    private DriverKind kind;

    private ScalewayFixture fixture(int purges) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        for (int i = 2; i < purges; i++) {
            fixture.scaleway.addPurge(
                    ScalewayFixture.PIPELINE,
                    List.of("/" + i),
                    fixture.time.instant().minusSeconds(1000 - i),
                    "done");
        }
        return fixture;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 20, 2, 1",
        "30, 20, 20, 1",
        "49, 50, 49, 1",
        "50, 50, 50, 1",
        "120, 50, 50, 1",
        "120, 51, 51, 2",
        "120, 1000, 120, 3",
        "100, 1000, 100, 2",
        "120, 1, 1, 1"
    })
    void readsAsMuchAsWantedInPages(int there, int limit, int read, int requests) {
        for (SortOrder order : SortOrder.values()) {
            ScalewayFixture fixture = fixture(there);
            List<String> ids = fixture.harness.run(ScalewayFixture.history(order, limit)).succeeded().entries().stream()
                    .map(PurgeHistoryEntry::id)
                    .toList();
            assertEquals(expected(fixture, order).subList(0, read), ids);
            assertEquals(requests, fixture.harness.service().requests().size());
        }
    }

    private static List<String> expected(ScalewayFixture fixture, SortOrder order) {
        List<String> ids = new ArrayList<>(fixture.scaleway.purgeRequests().stream()
                .map(RecordedScalewayPurge::id)
                .toList());
        if (order == SortOrder.NEWEST_FIRST) {
            Collections.reverse(ids);
        }
        return ids;
    }

    /** The service decides how long a page is; the first one tells. */
    @Test
    void copesWithShorterPagesThanAskedFor() {
        ScalewayFixture fixture = fixture(70);
        fixture.harness.service().failEvery(request -> true, (request, service) -> {
            var query = new HashMap<>(request.query());
            query.put("page_size", List.of("20"));
            return fixture.scaleway.handle(
                    new SimRequest(request.method(), request.path(), query, request.headers(), request.body()));
        });
        int read = fixture.harness
                .run(ScalewayFixture.history(SortOrder.NEWEST_FIRST, 1000))
                .succeeded()
                .entries()
                .size();
        assertEquals(70, read);
        assertEquals(4, fixture.harness.service().requests().size());
    }

    @Test
    void saysWhatIsKnownOfEach() {
        ScalewayFixture fixture = fixture(2);
        assertEquals(
                "[{id=%s, status=error, all=false, paths=1, createdAt=2026-02-28T12:00:00.250Z, updatedAt=2026-02-28T12:00:00.250Z}, {id=%s, status=done, all=true, paths=0, createdAt=2026-02-27T12:00:00.250Z, updatedAt=2026-02-27T12:00:00.250Z}]"
                        .formatted(
                                fixture.scaleway.purgeRequests().get(1).id(),
                                fixture.scaleway.purgeRequests().get(0).id()),
                fixture.harness
                        .run(ScalewayFixture.history(SortOrder.NEWEST_FIRST, 20))
                        .succeeded()
                        .toPipelineValue()
                        .toString());
    }

    @Test
    void anEmptyHistoryIsAHistory() {
        ScalewayFixture fixture = fixture(2);
        fixture.harness
                .service()
                .failNext((request, service) ->
                        SimResponse.json(200, Map.of("purge_requests", List.of(), "total_count", 0)));
        assertEquals(
                List.of(),
                fixture.harness
                        .run(ScalewayFixture.history(SortOrder.NEWEST_FIRST, 20))
                        .succeeded()
                        .toPipelineValue());
    }

    @Test
    void showsOne() {
        ScalewayFixture fixture = fixture(2);
        String id = fixture.scaleway.purgeRequests().get(1).id();
        PurgeHistoryEntry one = fixture.harness.run(ScalewayFixture.one(id)).succeeded();
        assertEquals(id, one.id());
        assertEquals("error", one.status());
    }

    @Test
    void whatIsGoneIsRefused() {
        ScalewayFixture fixture = fixture(2);
        ApiException problem = fixture.harness
                .run(ScalewayFixture.one("00000000-0000-4000-8000-000000000000"))
                .failed(Kind.REFUSED);
        assertEquals("not_found", problem.code().orElseThrow());
    }
}
