package io.jenkins.plugins.cachepurge.client.http;

/** Whether an exchange whose answer never arrived may simply be made again. */
public enum Idempotency {
    /** It only reads, or doing it twice has the same effect as doing it once. */
    IDEMPOTENT,
    /** It may have taken effect although no answer arrived: ask the service what happened before sending it again. */
    NOT_IDEMPOTENT
}
