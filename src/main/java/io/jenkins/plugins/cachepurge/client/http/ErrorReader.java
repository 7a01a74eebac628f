package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads a service's error answers; must cope with whatever a proxy in between may have answered instead. */
@FunctionalInterface
public interface ErrorReader {

    /**
     * @param answer an answer that is no success
     * @param json its body, missing ({@link JsonNode#isMissingNode()}) where that was no JSON
     */
    ServiceError read(ApiResponse answer, JsonNode json);
}
