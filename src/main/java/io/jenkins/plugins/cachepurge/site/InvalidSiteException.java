package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.config.FieldLabels;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Locale;

/** Thrown for a site that cannot be used. The message names the site and its parameter, as in Configuration as Code. */
final class InvalidSiteException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final LocalizedText site;
    private final InvalidInputException problem;

    private InvalidSiteException(LocalizedText site, InvalidInputException problem) {
        super(site + ": " + problem.getMessage(), problem);
        this.site = site;
        this.problem = problem;
    }

    /**
     * @param name as it was entered; may be null
     * @param number its position among the sites, 1 for the first, which names one without a name
     */
    static InvalidSiteException of(String name, int number, InvalidInputException problem) {
        LocalizedText site = name == null || name.isBlank()
                ? LocalizedText.of("site.numbered", number)
                : LocalizedText.of("site.named", PrintableText.quote(name));
        return new InvalidSiteException(site, problem);
    }

    /** The message for a form, with the label of the field. */
    String message(Locale language) {
        return "%s: %s".formatted(site.in(language), new FieldLabels(Site.class).message(problem, language));
    }
}
