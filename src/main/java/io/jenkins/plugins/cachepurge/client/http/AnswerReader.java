package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what a successful answer says.
 *
 * @param <T> what it says
 */
@FunctionalInterface
public interface AnswerReader<T> {

    /**
     * @param json the body, missing ({@link JsonNode#isMissingNode()}) where it was empty
     * @param answer the answer it came with
     * @throws UnreadableAnswerException where the body does not say what was promised
     * @throws RefusedException where the body says that nothing was done, whatever the HTTP status says
     */
    T read(JsonNode json, Answer answer) throws UnreadableAnswerException, RefusedException;

    /** Reads the body as a record, ignoring fields it does not know. */
    static <T extends Record> AnswerReader<T> of(Class<T> type) {
        return (json, answer) -> Json.read(json, type);
    }
}
