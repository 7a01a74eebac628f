package io.jenkins.plugins.cachepurge.simulator;

/** How much of an answer really reaches the client. */
public enum Delivery {
    /** All of it. */
    WHOLE,
    /** Nothing: the connection is closed where the status line should be. */
    CUT_BEFORE_HEADERS,
    /** Status line, headers and half of the promised body, then the connection is closed. */
    CUT_IN_BODY,
    /** Status line and headers, then nothing until the server is closed. */
    STALL
}
