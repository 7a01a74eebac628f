package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.type.LogicalType;

/** JSON mapper of all services: ignores unknown fields in responses, and is strict about requests. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // The former does not keep Jackson from making a text of a number: 1e999 became the id "Infinity".
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    /** @param body written with the names of its record components */
    public static String write(Record body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + body.getClass(), e);
        }
    }

    /** @return the parsed text, or a missing node for an empty one */
    public static JsonNode parse(String text) throws UnreadableResponseException {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableResponseException("not JSON");
        }
    }

    /**
     * @param type a record whose constructor throws an {@link IllegalArgumentException} if a required value is missing
     * @throws UnreadableResponseException if the JSON is not such a record; its message is the reason
     */
    public static <T extends Record> T read(JsonNode json, Class<T> type) throws UnreadableResponseException {
        if (!json.isObject()) {
            throw new UnreadableResponseException(json.isMissingNode() ? "empty" : "not a JSON object");
        }
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UnreadableResponseException(reason(e));
        }
    }

    /** Jackson's messages quote the text, and name classes that are unknown to users. */
    private static String reason(JsonProcessingException e) {
        return e.getCause() instanceof IllegalArgumentException refused
                ? refused.getMessage()
                : "a field is not of the expected type";
    }
}
