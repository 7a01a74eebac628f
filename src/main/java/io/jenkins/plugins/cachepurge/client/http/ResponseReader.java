package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reader of successful responses.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface ResponseReader<T> {

    /**
     * @param json the body in its format, missing ({@link JsonNode#isMissingNode()}) if it was empty
     * @param answer the whole response
     * @throws UnreadableResponseException if the body is not what the service documents
     * @throws ErrorInBodyException if the body reports an error, whatever the HTTP status
     */
    T read(JsonNode json, ApiResponse answer) throws UnreadableResponseException, ErrorInBodyException;

    /**
     * True for a response that this reads: by default any success. The {@link ErrorReader} reads the others.
     */
    default boolean accepts(ApiResponse answer) {
        return answer.isSuccessful();
    }

    /** Format of the body, which {@link #read} is given as a tree. */
    default BodyFormat format() {
        return BodyFormat.JSON;
    }

    /** What a success says of the token bucket of the call's quota; empty if it says nothing. */
    default Optional<BucketLevel> level(ApiResponse answer) {
        return Optional.empty();
    }

    /** How long a service that answered wants no more requests; empty if it takes them. */
    default Optional<Duration> pause(ApiResponse answer) {
        return Optional.empty();
    }

    /** What of the body is read; by default its text, which must not be longer than the limit. */
    default BodyReadOptions bodyOptions() {
        return BodyReadOptions.TEXT;
    }

    /** A reader whose result is converted by a function. */
    default <U> ResponseReader<U> map(Function<T, U> function) {
        ResponseReader<T> inner = this;
        return new ResponseReader<>() {
            @Override
            public U read(JsonNode json, ApiResponse answer) throws UnreadableResponseException, ErrorInBodyException {
                return function.apply(inner.read(json, answer));
            }

            @Override
            public boolean accepts(ApiResponse answer) {
                return inner.accepts(answer);
            }

            @Override
            public BodyFormat format() {
                return inner.format();
            }

            @Override
            public Optional<BucketLevel> level(ApiResponse answer) {
                return inner.level(answer);
            }

            @Override
            public Optional<Duration> pause(ApiResponse answer) {
                return inner.pause(answer);
            }

            @Override
            public BodyReadOptions bodyOptions() {
                return inner.bodyOptions();
            }
        };
    }

    /** Reads XML. */
    static <T> ResponseReader<T> xml(ResponseReader<T> reader) {
        return new ResponseReader<>() {
            @Override
            public T read(JsonNode json, ApiResponse answer) throws UnreadableResponseException, ErrorInBodyException {
                return reader.read(json, answer);
            }

            @Override
            public BodyFormat format() {
                return BodyFormat.XML;
            }
        };
    }

    /** Reads the body as a record, ignoring unknown fields. */
    static <T extends Record> ResponseReader<T> of(Class<T> type) {
        return (json, answer) -> Json.read(json, type);
    }
}
