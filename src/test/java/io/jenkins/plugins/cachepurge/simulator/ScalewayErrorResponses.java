package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Scaleway's error answers. All have a {@code type} and fields of its own; types and fields are those the official
 * clients read, the statuses come from the clients' test fixtures.
 */
public final class ScalewayErrorResponses {

    private ScalewayErrorResponses() {}

    /**
     * 400, one wrong argument.
     *
     * @param reason {@code unknown}, {@code required}, {@code format} or {@code constraint}
     */
    public static SimResponse invalidArgument(String argument, String reason, String help) {
        ObjectNode body = typed("invalid_arguments", "invalid argument(s)");
        body.putArray("details")
                .addObject()
                .put("argument_name", argument)
                .put("reason", reason)
                .put("help_message", help);
        return SimResponse.json(400, body);
    }

    /**
     * 401.
     *
     * @param reason {@code invalid_argument}, {@code not_found} or {@code expired}
     */
    public static SimResponse deniedAuthentication(String reason) {
        return SimResponse.json(
                401,
                typed("denied_authentication", "authentication is denied")
                        .put("method", "api_key")
                        .put("reason", reason));
    }

    /** 403, the key has no right to do this. */
    public static SimResponse permissionsDenied(String resource, String action) {
        ObjectNode body = typed("permissions_denied", "insufficient permissions");
        body.putArray("details").addObject().put("resource", resource).put("action", action);
        return SimResponse.json(403, body);
    }

    /** 403, no more of a resource may be used. */
    public static SimResponse quotasExceeded(String resource, long quota, long current) {
        ObjectNode body = typed("quotas_exceeded", "quota exceeded");
        body.putArray("details")
                .addObject()
                .put("resource", resource)
                .put("quota", quota)
                .put("current", current);
        return SimResponse.json(403, body);
    }

    /** 404, no such object. */
    public static SimResponse notFound(String resource, String id) {
        return SimResponse.json(404, resource("not_found", "resource is not found", resource, id));
    }

    /** 409, the object is changing. */
    public static SimResponse transientState(String resource, String id, String state) {
        return SimResponse.json(
                409,
                resource("transient_state", "resource is in a transient state", resource, id)
                        .put("current_state", state));
    }

    /** 409, there is one like it. */
    public static SimResponse alreadyExists(String resource, String id, String help) {
        return SimResponse.json(
                409,
                resource("already_exists", "resource already exists", resource, id)
                        .put("help_message", help));
    }

    /** 410, the object has expired; with the type as JavaScript's client reads it. */
    public static SimResponse expired(String resource, String id, Instant since) {
        return SimResponse.json(
                410,
                resource("expired", "resource is expired", resource, id).put("expired_since", SimJson.time(since)));
    }

    /** 412, something else must be done first. */
    public static SimResponse preconditionFailed(String precondition, String help) {
        return SimResponse.json(
                412,
                typed("precondition_failed", "precondition failed")
                        .put("precondition", precondition)
                        .put("help_message", help));
    }

    /** 423, the object is locked. */
    public static SimResponse locked(String resource, String id) {
        return SimResponse.json(423, resource("locked", "resource is locked", resource, id));
    }

    /**
     * 429.
     *
     * @param quota requests allowed in a window
     * @param resetSeconds until the window ends
     * @param resetAt when it ends; left out if empty
     */
    public static SimResponse tooManyRequests(
            int quota, Duration window, long resetSeconds, Optional<Instant> resetAt) {
        ObjectNode body = typed("too_many_requests", "too many requests")
                .put("help_message", "wait before you ask again")
                .put("reset_seconds", resetSeconds);
        body.putObject("limit").put("quota", quota).put("window_seconds", window.toSeconds());
        resetAt.ifPresent(at -> body.put("reset_at", SimJson.time(at)));
        return SimResponse.json(429, body);
    }

    /** An error that has no type, only a message. */
    static SimResponse message(int status, String message) {
        return SimResponse.json(status, SimJson.object().put("message", message));
    }

    private static ObjectNode resource(String type, String message, String resource, String id) {
        return typed(type, message).put("resource", resource).put("resource_id", id);
    }

    private static ObjectNode typed(String type, String message) {
        return SimJson.object().put("type", type).put("message", message);
    }
}
