package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checked parameters of {@link ChangedFiles}.
 *
 * @param directory relative, with slashes
 * @param layout where the site has the files
 * @param url the site, if it was named; without path
 * @param include Ant patterns, separated by commas; empty for all files
 * @param exclude Ant patterns, separated by commas; empty for none
 * @param foldAbove number of pages above which directories are purged instead
 */
public record ChangesSpec(
        String directory,
        PageLayout layout,
        Optional<PageUrl> url,
        String include,
        String exclude,
        int foldAbove,
        FirstPurge first,
        boolean purgeNew,
        boolean allowMassDelete,
        boolean trustTimes) {

    private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\~].*|[A-Za-z]:.*");
    private static final Pattern PARENT = Pattern.compile("(^|.*[/\\\\])\\.\\.([/\\\\].*|$)");

    static ChangesSpec of(ChangedFiles files, BuildContext context) {
        return new ChangesSpec(
                directory(context.expand(files.getDir())),
                PageLayout.of(text(context, files.getBase()), text(context, files.getIndex())),
                origin(context.expand(files.getUrl())),
                text(context, files.getInclude()),
                text(context, files.getExclude()),
                InputField.inRange("foldAbove", files.getFoldAbove(), 1, ChangedFiles.DescriptorImpl.MAX_FOLD_ABOVE),
                first(files.getFirst()),
                files.isPurgeNew(),
                files.isAllowMassDelete(),
                files.isTrustTimes());
    }

    /** Whether every file of the directory counts. */
    boolean includesAll() {
        return include.isEmpty() && exclude.isEmpty();
    }

    /** Path of the directory from the root of the site; starts and ends with a slash. */
    public String base() {
        return layout.base();
    }

    private static String text(BuildContext context, String text) {
        return text == null ? "" : context.expand(text);
    }

    private static FirstPurge first(String value) {
        return FirstPurge.of(value)
                .orElseThrow(() -> new InvalidInputException(
                        "first", LocalizedText.of("changes.first", PrintableText.quote(value == null ? "" : value))));
    }

    /** @throws InvalidInputException unless it is relative and stays in the workspace */
    static String directory(String text) {
        String directory = new InputField("dir", text).required();
        if (ABSOLUTE.matcher(directory).matches() || PARENT.matcher(directory).matches()) {
            throw new InvalidInputException("dir", LocalizedText.of("changes.dir", PrintableText.quote(directory)));
        }
        return directory.replace('\\', '/');
    }

    /** @throws InvalidInputException unless it is a scheme and host without a star, or null */
    static Optional<PageUrl> origin(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(PageUrl.of(text)
                .filter(page -> page.target().equals("/") && !page.host().contains("*"))
                .orElseThrow(() -> new InvalidInputException(
                        "url",
                        LocalizedText.of("changes.url", text.contains("@") ? "\u2026" : PrintableText.quote(text)))));
    }
}
