package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRecord;
import io.jenkins.plugins.cachepurge.simulator.ScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimAnswer;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
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

    private ScalewayStage stage(int purges) {
        ScalewayStage stage = new ScalewayStage(kind);
        for (int i = 2; i < purges; i++) {
            stage.scaleway.addPurge(
                    ScalewayStage.PIPELINE,
                    List.of("/" + i),
                    stage.time.instant().minusSeconds(1000 - i),
                    "done");
        }
        return stage;
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
        for (PurgeOrder order : PurgeOrder.values()) {
            ScalewayStage stage = stage(there);
            List<String> ids = stage.bench.run(ScalewayStage.history(order, limit)).succeeded().records().stream()
                    .map(PurgeRecord::id)
                    .toList();
            assertEquals(expected(stage, order).subList(0, read), ids);
            assertEquals(requests, stage.bench.service().requests().size());
        }
    }

    private static List<String> expected(ScalewayStage stage, PurgeOrder order) {
        List<String> ids = new ArrayList<>(
                stage.scaleway.purgeRequests().stream().map(ScalewayPurge::id).toList());
        if (order == PurgeOrder.NEWEST_FIRST) {
            Collections.reverse(ids);
        }
        return ids;
    }

    /** The service decides how long a page is; the first one tells. */
    @Test
    void copesWithShorterPagesThanAskedFor() {
        ScalewayStage stage = stage(70);
        stage.bench.service().failEvery(request -> true, (request, service) -> {
            var query = new HashMap<>(request.query());
            query.put("page_size", List.of("20"));
            return stage.scaleway.handle(
                    new SimRequest(request.method(), request.path(), query, request.headers(), request.body()));
        });
        int read = stage.bench
                .run(ScalewayStage.history(PurgeOrder.NEWEST_FIRST, 1000))
                .succeeded()
                .records()
                .size();
        assertEquals(70, read);
        assertEquals(4, stage.bench.service().requests().size());
    }

    @Test
    void saysWhatIsKnownOfEach() {
        ScalewayStage stage = stage(2);
        assertEquals(
                "[{id=%s, status=error, all=false, paths=1, createdAt=2026-02-28T12:00:00.250Z, updatedAt=2026-02-28T12:00:00.250Z}, {id=%s, status=done, all=true, paths=0, createdAt=2026-02-27T12:00:00.250Z, updatedAt=2026-02-27T12:00:00.250Z}]"
                        .formatted(
                                stage.scaleway.purgeRequests().get(1).id(),
                                stage.scaleway.purgeRequests().get(0).id()),
                stage.bench
                        .run(ScalewayStage.history(PurgeOrder.NEWEST_FIRST, 20))
                        .succeeded()
                        .value()
                        .toString());
    }

    @Test
    void anEmptyHistoryIsAHistory() {
        ScalewayStage stage = stage(2);
        stage.bench
                .service()
                .failNext((request, service) ->
                        SimAnswer.json(200, Map.of("purge_requests", List.of(), "total_count", 0)));
        assertEquals(
                List.of(),
                stage.bench
                        .run(ScalewayStage.history(PurgeOrder.NEWEST_FIRST, 20))
                        .succeeded()
                        .value());
    }

    @Test
    void showsOne() {
        ScalewayStage stage = stage(2);
        String id = stage.scaleway.purgeRequests().get(1).id();
        PurgeRecord one = stage.bench.run(ScalewayStage.one(id)).succeeded();
        assertEquals(id, one.id());
        assertEquals("error", one.status());
    }

    @Test
    void whatIsGoneIsRefused() {
        ScalewayStage stage = stage(2);
        ApiException problem = stage.bench
                .run(ScalewayStage.one("00000000-0000-4000-8000-000000000000"))
                .failed(Kind.REFUSED);
        assertEquals("not_found", problem.code().orElseThrow());
    }
}
