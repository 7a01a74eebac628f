package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Feldera's error answers: a message, a code, details. Texts, codes and statuses are those of the pipeline manager's
 * source.
 */
public final class FelderaErrorResponses {

    private FelderaErrorResponses() {}

    /** Any error of the usual shape; a 503 tells to come back after five seconds. */
    public static SimResponse error(int status, String code, String message, Map<String, String> details) {
        SimResponse answer = SimResponse.json(status, body(code, message, details));
        return status == 503 ? answer.withHeader("Retry-After", "5") : answer;
    }

    /** 503, the database is busy. */
    public static SimResponse lockTookTooLong() {
        String message =
                "The lock required for this operation took too long to acquire." + " Try this operation again later.";
        return error(503, "LockTookTooLong", message, Map.of());
    }

    /** 503, two requests stood in each other's way. */
    public static SimResponse deadlockDetected() {
        String message = "A deadlock was detected while performing the operation. Try this operation again later."
                + " Please also file a bug report, as this error should not happen.";
        return error(503, "DeadlockDetected", message, Map.of());
    }

    static ObjectNode body(String code, String message, Map<String, String> details) {
        ObjectNode body = SimJson.object().put("message", message).put("error_code", code);
        ObjectNode fields = body.putObject("details");
        details.forEach(fields::put);
        return body;
    }

    /** 401 for a request without a bearer token, or with one that is neither key nor JWT: no body at all. */
    static SimResponse noBearer(List<String> parameters) {
        String challenge = parameters.isEmpty() ? "Bearer" : "Bearer " + String.join(", ", parameters);
        return SimResponse.empty(401).withHeader("WWW-Authenticate", challenge);
    }

    /** 401 for an unknown key: JSON, but not declared as such, and without details. */
    static SimResponse unknownKey() {
        ObjectNode body =
                SimJson.object().put("error_code", "AuthenticationFailed").put("message", "Unauthorized API key");
        return SimResponse.text(401, "text/plain; charset=utf-8", SimJson.text(body));
    }

    static SimResponse insufficientPermissions() {
        String message = "Insufficient permissions: this action requires the 'write' role, but the caller has 'read'";
        return error(403, "InsufficientPermissions", message, Map.of("required", "write", "actual", "read"));
    }

    static SimResponse unknownPipelineName(String name) {
        return error(404, "UnknownPipelineName", "Unknown pipeline name '" + name + "'", Map.of("pipeline_name", name));
    }

    static SimResponse enterpriseFeature(String feature) {
        String message = "Cannot use enterprise-only feature (" + feature + ") in Feldera community edition.";
        return error(501, "EnterpriseFeature", message, Map.of("feature", feature));
    }

    static SimResponse storageStatusImmutableUnlessStopped(String resources, String desired, String current) {
        String message = "Cannot transition storage status from '%s' to 'clearing' with resources status '%s' and"
                + " desired status '%s'. Storage status cannot be changed unless the pipeline is fully stopped.";
        return error(
                400,
                "StorageStatusImmutableUnlessStopped",
                message.formatted(lower(current), lower(resources), lower(desired)),
                Map.of(
                        "resources_status", resources,
                        "resources_desired_status", desired,
                        "current_status", current,
                        "new_status", "Clearing"));
    }

    static SimResponse cannotRestartWhileStopping(String resources) {
        String hint = "Cannot restart the pipeline while it is stopping."
                + " Wait until it is stopped before starting the pipeline again.";
        String message = "Deployment resources status (current: '" + resources + "', desired: 'Stopped')"
                + " cannot have desired changed to 'Provisioned'. " + hint;
        return error(
                400,
                "IllegalPipelineAction",
                message,
                Map.of(
                        "status",
                        resources,
                        "current_desired_status",
                        "Stopped",
                        "new_desired_status",
                        "Provisioned",
                        "hint",
                        hint));
    }

    static SimResponse cannotStartWhileClearingStorage() {
        String message = "Cannot process `/start` if the `storage_status` is `Clearing`."
                + " Wait for the storage to become cleared before trying again.";
        return error(400, "CannotStartWhileClearingStorage", message, Map.of());
    }

    static SimResponse cannotStartWithUndismissedError() {
        String message = "Cannot process `/start?dismiss_error=false` if the `deployment_error` is set."
                + " You can dismiss the error by calling `/start?dismiss_error=true`, or alternatively"
                + " first call `/dismiss_error`, after which `/start?dismiss_error=false` is again possible.";
        return error(400, "CannotStartWithUndismissedError", message, Map.of());
    }

    static SimResponse dismissErrorRestrictedToFullyStopped() {
        String message = "The pipeline must have both status `Stopped` and desired status `Stopped` to dismiss the"
                + " `deployment_error` if it is set.";
        return error(400, "DismissErrorRestrictedToFullyStopped", message, Map.of());
    }

    static SimResponse unsupportedInitialStatus(String initial) {
        String action = "/start?initial=" + initial;
        String reason = "unknown initial runtime desired status: " + initial;
        return error(
                405,
                "UnsupportedPipelineAction",
                "Unsupported pipeline action '" + action + "': " + reason,
                Map.of("action", action, "reason", reason));
    }

    /** 400 of the web framework, for a query that cannot be read. */
    static SimResponse unreadableQuery(String why) {
        return SimResponse.text(400, "text/plain; charset=utf-8", "Query deserialize error: " + why);
    }

    /** The spelling that messages use: InUse becomes in_use. */
    private static String lower(String word) {
        return word.equals("InUse") ? "in_use" : word.toLowerCase(Locale.ROOT);
    }
}
