package io.jenkins.plugins.cachepurge.simulator;

/** Ends the handling of a request with an error answer, from however deep. */
final class ErrorResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SimResponse answer;

    ErrorResponseException(SimResponse answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    SimResponse answer() {
        return answer;
    }
}
