package io.jenkins.plugins.cachepurge.client.http;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Arrays;
import java.util.Locale;

/** Machine that sends a request. */
public enum Via {
    /** The controller of Jenkins. */
    CONTROLLER,
    /** The agent on which the step runs. */
    AGENT;

    /** Name of the parameter. */
    public static final String FIELD = "via";

    /** Its name in a Jenkinsfile. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param text null or blank for the controller
     * @throws InvalidInputException if it is none
     */
    public static Via of(String text) {
        if (text == null || text.isBlank()) {
            return CONTROLLER;
        }
        return Arrays.stream(values())
                .filter(via -> via.toString().equals(text.trim()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        FIELD, LocalizedText.of("via.unknown", PrintableText.quote(text.trim()))));
    }
}
