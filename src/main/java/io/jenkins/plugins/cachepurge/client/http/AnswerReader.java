package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

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

    /**
     * True for an answer that this reads: a success, unless the service says something else than an error in another way.
     * Any other answer is left to the {@link ErrorReader}.
     */
    default boolean reads(Answer answer) {
        return answer.successful();
    }

    /** False where the body is no JSON and says nothing, so that {@link #read} is given a missing node. */
    default boolean wantsJson() {
        return true;
    }

    /** The same, put into other words. */
    default <U> AnswerReader<U> as(Function<T, U> words) {
        AnswerReader<T> inner = this;
        return new AnswerReader<>() {
            @Override
            public U read(JsonNode json, Answer answer) throws UnreadableAnswerException, RefusedException {
                return words.apply(inner.read(json, answer));
            }

            @Override
            public boolean reads(Answer answer) {
                return inner.reads(answer);
            }

            @Override
            public boolean wantsJson() {
                return inner.wantsJson();
            }
        };
    }

    /** Reads the body as a record, ignoring fields it does not know. */
    static <T extends Record> AnswerReader<T> of(Class<T> type) {
        return (json, answer) -> Json.read(json, type);
    }
}
