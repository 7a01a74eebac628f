package io.jenkins.plugins.cachepurge.input;

import java.util.Locale;

/** Thrown for a parameter that cannot be used. The message starts with the parameter's name. */
public final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final LocalizedText reason;

    /**
     * @param field as in a Jenkinsfile
     * @param advice what is wrong and what is required
     */
    public InvalidInputException(String field, LocalizedText advice) {
        super(field + ": " + advice);
        this.field = field;
        this.reason = advice;
    }

    /**
     * Exception for a parameter of a CDN of another plugin.
     *
     * @param field as in a Jenkinsfile
     * @param advice what is wrong and what is required, such as "must be a number of at least 1"
     */
    public InvalidInputException(String field, String advice) {
        this(field, LocalizedText.inOneLanguage(advice));
    }

    /** Name of the parameter, as in a Jenkinsfile. */
    public String field() {
        return field;
    }

    /** What is wrong and what is required, to be part of another message. */
    public LocalizedText reason() {
        return reason;
    }

    /** The message without the parameter's name, for a form. */
    public String reason(Locale language) {
        return reason.inForm(language);
    }
}
