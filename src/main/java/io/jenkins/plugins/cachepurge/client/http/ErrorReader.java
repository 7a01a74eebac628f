package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Reader of a service's error responses; must also accept those of a proxy in between. */
@FunctionalInterface
public interface ErrorReader {

    /**
     * @param answer a response that is not a success
     * @param json its body, missing ({@link JsonNode#isMissingNode()}) if that was neither JSON nor XML
     */
    ServiceError read(ApiResponse answer, JsonNode json);
}
