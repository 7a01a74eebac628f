package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.OperationCase;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server errors pass: what is harmless is sent again, and what became of the rest is looked up. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class ServerErrorsTest {

    private static final Predicate<SimRequest> CHANGES =
            request -> !request.method().equals("GET");

    @Parameter
    private DriverKind kind;

    private static Fault status(int status) {
        return UsualFaults.answering(SimResponse.text(status, "text/html", "<html>Sorry</html>"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530})
    void isSentAgainIfThatIsHarmless(int status) {
        PreparedCase<?> prepared = OperationCase.PURGE_ALL_OF_GOTIPATH.prepare(kind);
        prepared.harness()
                .service()
                .failNext(status(status))
                .failNext(status(status))
                .failNext(status(status));
        prepared.run().succeeded();
        assertEquals(4, prepared.harness().service().requests().size());
    }

    @Test
    void theFourth500InARowIsTheLast() {
        PreparedCase<?> prepared = OperationCase.PURGE_ALL_OF_GOTIPATH.prepare(kind);
        prepared.harness().service().failEvery(request -> true, status(500));
        ApiException problem = prepared.run().failed(Kind.SERVER_ERROR);
        assertEquals(500, problem.status().orElseThrow());
        assertEquals(4, prepared.harness().service().requests().size());
    }

    @Test
    void onlyThe500sInARowCount() {
        PreparedCase<?> prepared = OperationCase.PURGE_ALL_OF_GOTIPATH.prepare(kind);
        FaultInjectingService service = prepared.harness().service();
        for (int status : new int[] {500, 500, 500, 502, 520, 502, 500, 500, 500}) {
            service.failNext(status(status));
        }
        prepared.run().succeeded();
        assertEquals(10, service.requests().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 520, 524, 527, 530})
    void isLookedUpIfItMustNotBeRepeated(int status) {
        for (OperationCase each :
                new OperationCase[] {OperationCase.RUN_SCHEDULED_EXECUTION, OperationCase.CLEAR_FELDERA_STORAGE}) {
            PreparedCase<?> prepared = each.prepare(kind);
            prepared.harness().service().failNext(CHANGES, status(status).afterActing());
            prepared.run().succeeded();
            assertEquals(1, prepared.harness().service().requests(CHANGES).size(), each::name);
            assertTrue(
                    prepared.harness().consoleText().contains("asking what became of the request"),
                    prepared.harness()::consoleText);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 520})
    void endsAfterLookupsThatFoundNothingDone(int status) {
        for (OperationCase each :
                new OperationCase[] {OperationCase.RUN_SCHEDULED_EXECUTION, OperationCase.CLEAR_FELDERA_STORAGE}) {
            PreparedCase<?> prepared = each.prepare(kind);
            prepared.harness().service().failEvery(CHANGES, status(status));
            ApiException problem = prepared.run().failed(Kind.FAILED);
            assertTrue(problem.getMessage().contains("and no usable response arrived"), problem.getMessage());
            assertEquals(3, prepared.harness().service().requests(CHANGES).size(), each::name);
            assertEquals(0, prepared.effects().getAsInt(), each::name);
        }
    }
}
