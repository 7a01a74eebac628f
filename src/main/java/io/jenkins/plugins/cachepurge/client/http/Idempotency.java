package io.jenkins.plugins.cachepurge.client.http;

/** Whether a request may simply be sent again after a lost response. */
public enum Idempotency {
    /** It only reads, or sending it twice has the same effect as sending it once. */
    IDEMPOTENT,
    /** Its effect must be looked up before it is sent again. */
    NOT_IDEMPOTENT
}
