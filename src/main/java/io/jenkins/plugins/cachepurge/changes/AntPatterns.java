package io.jenkins.plugins.cachepurge.changes;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.tools.ant.types.selectors.TokenizedPath;
import org.apache.tools.ant.types.selectors.TokenizedPattern;

/** Ant patterns of files. Upper and lower case are the same where they are for the file system. */
final class AntPatterns implements Predicate<String> {

    private final List<TokenizedPattern> include;
    private final List<TokenizedPattern> exclude;
    private final boolean caseSensitive;

    /**
     * @param include separated by commas; empty for all files
     * @param exclude separated by commas; empty for none
     * @param directory in the file system that the files are in
     */
    AntPatterns(String include, String exclude, Path directory) {
        this.include = patterns(include);
        this.exclude = patterns(exclude);
        this.caseSensitive = !directory.resolve("a").equals(directory.resolve("A"));
    }

    private static List<TokenizedPattern> patterns(String text) {
        return Stream.of(text.split(","))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> pattern.replace('/', File.separatorChar).replace('\\', File.separatorChar))
                .map(pattern -> pattern.endsWith(File.separator) ? pattern + "**" : pattern)
                .map(TokenizedPattern::new)
                .toList();
    }

    @Override
    public boolean test(String path) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        TokenizedPath file = new TokenizedPath(path.replace('/', File.separatorChar));
        return (include.isEmpty() || matches(include, file)) && !matches(exclude, file);
    }

    private boolean matches(List<TokenizedPattern> patterns, TokenizedPath file) {
        return patterns.stream().anyMatch(pattern -> pattern.matchPath(file, caseSensitive));
    }
}
