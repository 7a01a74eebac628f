package io.jenkins.plugins.cachepurge.input;

import java.util.Locale;

/** Something was asked for that cannot be asked of a service. The message starts with the field's name. */
public final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final transient LocalizedText reason;

    /**
     * @param field as in a Jenkinsfile
     * @param advice what is wrong and what would be right
     */
    public InvalidInputException(String field, LocalizedText advice) {
        super(field + ": " + advice);
        this.field = field;
        this.reason = advice;
    }

    /**
     * For the parameters of another plugin's CDN.
     *
     * @param field as in a Jenkinsfile
     * @param advice what is wrong and what would be right, as "must be a number of 1 or more"
     */
    public InvalidInputException(String field, String advice) {
        this(field, LocalizedText.inOneLanguage(advice));
    }

    /** The message, for a form that cannot show it below the field. */
    public String message(Locale language) {
        return field + ": " + reason.in(language);
    }

    /** The message without the field's name, for a form that shows it below the field. */
    public String reason(Locale language) {
        return reason.in(language);
    }
}
