package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;

/** An operation as another plugin would write it: asks a mirror to wash a zone, and polls until it is clean. */
record MirrorPurge(ApiUrl url, String zone, PurgeSelection selection) {

    Operation<MirrorPurge, PurgeResult> operation() {
        return Operation.of(new OperationDescription("Mirror", "purge", "zone " + zone), this, new Purging());
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

    private State<MirrorPurge, PurgeResult> polled(String status) {
        return status.equals("clean")
                ? new SucceededState<>(new PurgeResult("mirror", zone, status, selection))
                : new Waiting(status);
    }

    private record Purging() implements State<MirrorPurge, PurgeResult> {

        @Override
        public Next<MirrorPurge, PurgeResult> next(MirrorPurge purge) {
            ApiRequest request = ApiRequest.post(purge.url().resolve("zones", purge.zone()));
            return Next.exchange(purge.call("purge", request), status -> new Polling());
        }
    }

    private record Polling() implements State<MirrorPurge, PurgeResult> {

        @Override
        public Next<MirrorPurge, PurgeResult> next(MirrorPurge purge) {
            ApiRequest request = ApiRequest.get(purge.url().resolve("zones", purge.zone()));
            return Next.exchange(purge.call("show", request), purge::polled);
        }
    }

    private record Waiting(String status) implements State<MirrorPurge, PurgeResult> {

        @Override
        public Next<MirrorPurge, PurgeResult> next(MirrorPurge purge) {
            return new Next.Wait<>("Mirror purge of zone %s is %s".formatted(purge.zone(), status), new Polling());
        }
    }
}
