package io.jenkins.plugins.cachepurge.client.http;

/** Whether a request may simply be sent again after a lost response. */
public enum Idempotency {
    /** It only reads, or sending it twice has the same effect as sending it once. */
    IDEMPOTENT,
    /**
     * It carries a key that is made of the execution's id, by which the service recognizes a repeat: the same execution may
     * send it again, another one would act again.
     */
    IDEMPOTENT_BY_KEY,
    /** Its effect must be looked up before it is sent again. */
    NOT_IDEMPOTENT
}
