package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;

/**
 * Purge of a zone by a CDN that reports later when it is done: asks for it, then polls until the zone is clean. An example of
 * an operation with several states, see docs/adding-a-cdn.md.
 */
record MirrorZonePurge(ApiUrl url, String zone, PurgeSelection selection) {

    Operation<MirrorZonePurge, PurgeResult> operation() {
        return Operation.of(OperationDescription.purge("Mirror", "zone " + zone), this, new Purging());
    }

    ApiCall<String> call(String purpose, ApiRequest request) {
        return new ApiCall<>(
                "Mirror",
                "%s zone %s".formatted(purpose, zone),
                request,
                (json, response) -> json.path("status").asText("unknown"),
                (response, json) -> ServiceError.of(json.path("message").asText("")),
                Idempotency.IDEMPOTENT);
    }

    private State<MirrorZonePurge, PurgeResult> polled(String status) {
        return status.equals("clean")
                ? new SucceededState<>(new PurgeResult("mirror", zone, status, selection))
                : new Waiting(status);
    }

    private record Purging() implements State<MirrorZonePurge, PurgeResult> {

        @Override
        public Next<MirrorZonePurge, PurgeResult> next(MirrorZonePurge purge) {
            ApiRequest request = ApiRequest.post(purge.url().resolve("zones", purge.zone()));
            return Next.exchange(purge.call("purge", request), status -> new Polling());
        }
    }

    private record Polling() implements State<MirrorZonePurge, PurgeResult> {

        @Override
        public Next<MirrorZonePurge, PurgeResult> next(MirrorZonePurge purge) {
            ApiRequest request = ApiRequest.get(purge.url().resolve("zones", purge.zone()));
            return Next.exchange(purge.call("show", request), purge::polled);
        }
    }

    private record Waiting(String status) implements State<MirrorZonePurge, PurgeResult> {

        @Override
        public Next<MirrorZonePurge, PurgeResult> next(MirrorZonePurge purge) {
            return new Next.Wait<>(
                    LocalizedText.inOneLanguage("Mirror purge of zone %s is %s".formatted(purge.zone(), status)),
                    new Polling());
        }
    }
}
