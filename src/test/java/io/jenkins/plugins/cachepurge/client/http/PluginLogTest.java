package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Requests in the plugin's log: what was asked of whom, the status and the time, and nothing secret. */
class PluginLogTest {

    private record Body(String key) {}

    private record Answering() implements SimService {

        @Override
        public String name() {
            return "answering";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return SimResponse.json(201, Map.of("body", "of the response"));
        }
    }

    @Test
    void logsRequestStatusAndTimeWithoutQueryHeadersAndBodies() {
        FaultInjectingService service = new FaultInjectingService(new Answering());
        try (RecordedLog log = new RecordedLog();
                SimServer server = SimServer.start(service);
                HttpTestClient wire = new HttpTestClient()) {
            HttpUrl url = HttpUrl.get(server.url()).resolve("/path?token=of-the-query");
            ApiRequest request = ApiRequest.post(url, new Body("of-the-request"));
            wire.answered(TestCalls.of(request), Signer.bearer("of-the-header"));
            service.failNext(UsualFaults.actThenCutBeforeHeaders());
            wire.failed(TestCalls.of(request), Signer.bearer("of-the-header"));
            List<String> lines = log.lines();
            String asked = "Example: POST %s/path".formatted(server.url());
            assertEquals(asked + ", to do a thing", lines.get(0));
            assertTrue(lines.get(1).matches("\\Q" + asked + ": HTTP 201\\E after \\d+ ms"), lines.get(1));
            assertTrue(
                    lines.get(3)
                            .matches(
                                    "\\Q" + asked
                                            + ": the other side closed the connection before the response was complete\\E after \\d+ ms"),
                    lines.get(3));
            assertEquals(4, lines.size());
            assertFalse(lines.toString().contains("of"), lines.toString());
        }
    }
}
