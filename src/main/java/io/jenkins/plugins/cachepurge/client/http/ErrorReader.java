package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Reader of a service's error responses; must also accept those of a proxy in between. */
@FunctionalInterface
public interface ErrorReader {

    /**
     * @param answer an answer that is no success
     * @param json its body, missing ({@link JsonNode#isMissingNode()}) where that was no JSON
     */
    ServiceError read(ApiResponse answer, JsonNode json);
}
