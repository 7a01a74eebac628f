package io.jenkins.plugins.cachepurge.simulator;

/** Ends the handling of a request with an error answer, from however deep. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SimAnswer answer;

    Refusal(SimAnswer answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    SimAnswer answer() {
        return answer;
    }
}
