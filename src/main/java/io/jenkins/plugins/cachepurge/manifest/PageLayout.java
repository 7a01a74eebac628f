package io.jenkins.plugins.cachepurge.manifest;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a site has the files of a directory: the pages of each, encoded as browsers send them.
 *
 * @param base path of the directory, from the root of the site; starts and ends with a slash
 * @param index name of the file that is also served as its directory; empty if there is none
 */
public record PageLayout(String base, String index) {

    /** Characters with a meaning in a URL, which names must not have there. */
    private static final String RESERVED = "%?#\\";

    private static final Set<Integer> NOT_IN_BASE = Set.of((int) '?', (int) '#', (int) '*');

    /**
     * @param base with or without a slash at its end
     * @throws InvalidInputException if the base is not a path, or the index not the name of a file
     */
    public static PageLayout of(String base, String index) {
        String path = Optional.of(base)
                .filter(text -> text.startsWith("/") && !text.startsWith("//"))
                .filter(text -> text.chars().noneMatch(NOT_IN_BASE::contains))
                .flatMap(text -> PageUrl.of("http://any" + text))
                .map(PageUrl::target)
                .orElseThrow(() ->
                        new InvalidInputException("base", LocalizedText.of("changes.base", PrintableText.quote(base))));
        if (index.contains("/") || index.contains("\\") || index.codePoints().anyMatch(PrintableText::isInvisible)) {
            throw new InvalidInputException("index", LocalizedText.of("changes.index", PrintableText.quote(index)));
        }
        return new PageLayout(path.endsWith("/") ? path : path + "/", index);
    }

    /** The pages of a file as paths from the root of the site: one, or three for an index. */
    public List<String> pages(String file) {
        String page = base + encoded(file);
        if (!isIndex(file)) {
            return List.of(page);
        }
        String directory = page.substring(0, page.lastIndexOf('/') + 1);
        return directory.equals("/")
                ? List.of(page, directory)
                : List.of(page, directory, directory.substring(0, directory.length() - 1));
    }

    /** Whether a file is also served as its directory. */
    boolean isIndex(String file) {
        return !index.isEmpty() && file.substring(file.lastIndexOf('/') + 1).equals(index);
    }

    /** The directory of a file as a path from the root of the site, with a slash at its end. */
    public String directory(String file) {
        return base + encoded(file.substring(0, file.lastIndexOf('/') + 1));
    }

    /** With all that would otherwise be no part of a name; the rest is encoded as in all other paths. */
    private static String encoded(String file) {
        if (file.codePoints().noneMatch(PageLayout::isEncoded)) {
            return file;
        }
        StringBuilder encoded = new StringBuilder(file.length() + 16);
        file.codePoints().forEach(c -> {
            if (isEncoded(c)) {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(each));
                }
            } else {
                encoded.appendCodePoint(c);
            }
        });
        return encoded.toString();
    }

    private static boolean isEncoded(int character) {
        return RESERVED.indexOf(character) >= 0
                || Character.isWhitespace(character)
                || PrintableText.isInvisible(character);
    }
}
