package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Buddy's error answers: a list of messages, nothing else to tell errors apart but the status. */
public final class BuddyErrorResponses {

    private BuddyErrorResponses() {}

    /** An answer with one message. */
    public static SimResponse error(int status, String message) {
        ObjectNode body = SimJson.object();
        body.putArray("errors").addObject().put("message", message);
        return SimResponse.json(status, body);
    }
}
