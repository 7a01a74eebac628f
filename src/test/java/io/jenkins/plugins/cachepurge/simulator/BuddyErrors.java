package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Buddy's error answers: a list of messages, nothing else to tell errors apart but the status. */
public final class BuddyErrors {

    private BuddyErrors() {}

    /** An answer with one message. */
    public static SimAnswer error(int status, String message) {
        ObjectNode body = Json.object();
        body.putArray("errors").addObject().put("message", message);
        return SimAnswer.json(status, body);
    }
}
