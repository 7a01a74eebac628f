package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Repeat;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/** An operation as another plugin would write it: asks a mirror to wash a zone, and looks until it is clean. */
record MirrorPurge(ApiUrl url, String zone, PurgeSelection what) implements Operation<PurgeResult> {
    @Override
    public Subject subject() {
        return subject(zone);
    }

    static Subject subject(String zone) {
        return new Subject("Mirror", "purge", "zone " + zone);
    }

    @Override
    public Turn<PurgeResult> turn() {
        return Turn.ask(call("purge", ApiRequest.post(url.at("zones", zone))), status -> new Polling(this));
    }

    ApiCall<String> call(String purpose, ApiRequest request) {
        return new ApiCall<>(
                "Mirror",
                "%s zone %s".formatted(purpose, zone),
                request,
                (json, answer) -> json.path("status").asText("unknown"),
                (answer, json) -> ServiceError.of(json.path("message").asText("")),
                Repeat.HARMLESS);
    }

    private record Polling(MirrorPurge sent) implements Operation<PurgeResult> {
        @Override
        public Subject subject() {
            return sent.subject();
        }

        @Override
        public Turn<PurgeResult> turn() {
            return Turn.ask(sent.call("show", ApiRequest.get(sent.url().at("zones", sent.zone()))), this::seen);
        }

        private Operation<PurgeResult> seen(String status) {
            return status.equals("clean")
                    ? new Finished<>(subject(), new PurgeResult("mirror", sent.zone(), status, sent.what(), List.of()))
                    : new Waiting(this, status);
        }
    }

    private record Waiting(Polling polling, String status) implements Operation<PurgeResult> {
        @Override
        public Subject subject() {
            return polling.subject();
        }

        @Override
        public Turn<PurgeResult> turn() {
            return new Turn.Wait<>("%s is %s".formatted(subject(), status), polling);
        }
    }
}
