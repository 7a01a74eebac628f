package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * Reads what a successful answer says.
 *
 * @param <T> what it says
 */
@FunctionalInterface
public interface ResponseReader<T> {

    /**
     * @param json the body, missing ({@link JsonNode#isMissingNode()}) where it was empty
     * @param answer the answer it came with
     * @throws UnreadableResponseException where the body does not say what was promised
     * @throws ErrorInBodyException where the body says that nothing was done, whatever the HTTP status says
     */
    T read(JsonNode json, ApiResponse answer) throws UnreadableResponseException, ErrorInBodyException;

    /**
     * True for an answer that this reads: a success, unless the service says something else than an error in another way.
     * Any other answer is left to the {@link ErrorReader}.
     */
    default boolean accepts(ApiResponse answer) {
        return answer.isSuccessful();
    }

    /** False where the body is no JSON and says nothing, so that {@link #read} is given a missing node. */
    default boolean expectsJson() {
        return true;
    }

    /** The same, put into other words. */
    default <U> ResponseReader<U> map(Function<T, U> words) {
        ResponseReader<T> inner = this;
        return new ResponseReader<>() {
            @Override
            public U read(JsonNode json, ApiResponse answer) throws UnreadableResponseException, ErrorInBodyException {
                return words.apply(inner.read(json, answer));
            }

            @Override
            public boolean accepts(ApiResponse answer) {
                return inner.accepts(answer);
            }

            @Override
            public boolean expectsJson() {
                return inner.expectsJson();
            }
        };
    }

    /** Reads the body as a record, ignoring fields it does not know. */
    static <T extends Record> ResponseReader<T> of(Class<T> type) {
        return (json, answer) -> Json.read(json, type);
    }
}
