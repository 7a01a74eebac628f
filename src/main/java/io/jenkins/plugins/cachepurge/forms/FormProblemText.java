package io.jenkins.plugins.cachepurge.forms;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;

/**
 * Text of a form for a problem whose message is one for the console, in English: in another language it begins with the
 * kind of the problem.
 */
final class FormProblemText {

    private FormProblemText() {}

    /** A request failed. */
    static LocalizedText of(ApiException problem) {
        String line = problem.getMessage();
        return switch (problem.kind()) {
            case UNREACHABLE -> LocalizedText.of("problem.UNREACHABLE", line);
            case UNKNOWN_HOST -> LocalizedText.of("problem.UNKNOWN_HOST", line);
            case UNTRUSTED -> LocalizedText.of("problem.UNTRUSTED", line);
            case FORBIDDEN_ADDRESS -> LocalizedText.of("problem.FORBIDDEN_ADDRESS", line);
            case PROXY_REFUSED -> LocalizedText.of("problem.PROXY_REFUSED", line);
            case PROXY_UNAVAILABLE -> LocalizedText.of("problem.PROXY_UNAVAILABLE", line);
            case NO_RESPONSE -> LocalizedText.of("problem.NO_RESPONSE", line);
            case RATE_LIMITED -> LocalizedText.of("problem.RATE_LIMITED", line);
            case BUSY -> LocalizedText.of("problem.BUSY", line);
            case UNAVAILABLE -> LocalizedText.of("problem.UNAVAILABLE", line);
            case SERVER_ERROR -> LocalizedText.of("problem.SERVER_ERROR", line);
            case REFUSED -> LocalizedText.of("problem.REFUSED", line);
            case UNREADABLE -> LocalizedText.of("problem.UNREADABLE", line);
            case FAILED -> LocalizedText.of("problem.FAILED", line);
            case TIMED_OUT -> LocalizedText.of("problem.TIMED_OUT", line);
        };
    }

    /** Credentials cannot be used. */
    static LocalizedText of(CredentialsException problem) {
        return LocalizedText.of("problem.credentials", problem.getMessage());
    }
}
