package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/** An operation as another plugin would write it: asks a mirror to wash a zone, and looks until it is clean. */
record MirrorPurge(ApiUrl url, String zone, PurgeSelection what) implements Operation<?, PurgeResult> {
    @Override
    public OperationDescription subject() {
        return subject(zone);
    }

    static OperationDescription subject(String zone) {
        return new OperationDescription("Mirror", "purge", "zone " + zone);
    }

    @Override
    public Next<PurgeResult> turn() {
        return Next.ask(call("purge", ApiRequest.post(url.resolve("zones", zone))), status -> new Polling(this));
    }

    ApiCall<String> call(String purpose, ApiRequest request) {
        return new ApiCall<>(
                "Mirror",
                "%s zone %s".formatted(purpose, zone),
                request,
                (json, answer) -> json.path("status").asText("unknown"),
                (answer, json) -> ServiceError.of(json.path("message").asText("")),
                Idempotency.IDEMPOTENT);
    }

    private record Polling(MirrorPurge sent) implements Operation<?, PurgeResult> {
        @Override
        public OperationDescription subject() {
            return sent.subject();
        }

        @Override
        public Next<PurgeResult> turn() {
            return Next.ask(sent.call("show", ApiRequest.get(sent.url().resolve("zones", sent.zone()))), this::seen);
        }

        private Operation<?, PurgeResult> seen(String status) {
            return status.equals("clean")
                    ? new SucceededState<>(subject(), new PurgeResult("mirror", sent.zone(), status, sent.what(), List.of()))
                    : new Waiting(this, status);
        }
    }

    private record Waiting(Polling polling, String status) implements Operation<?, PurgeResult> {
        @Override
        public OperationDescription subject() {
            return polling.subject();
        }

        @Override
        public Next<PurgeResult> turn() {
            return new Next.Wait<>("%s is %s".formatted(subject(), status), polling);
        }
    }
}
