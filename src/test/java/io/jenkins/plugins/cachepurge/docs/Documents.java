package io.jenkins.plugins.cachepurge.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown that readers see, cut into what can be checked. */
final class Documents {

    static final Path README = Path.of("README.md");
    static final Path DOCS = Path.of("docs");

    private static final Pattern SHELL = Pattern.compile("\\bsh[ (]");

    private Documents() {}

    /**
     * A code block.
     *
     * @param line of its first line
     * @param title of the section it stands in
     * @param language as written after the fence, empty for none
     */
    record Block(Path file, int line, String title, String language, String text) {
        boolean runsShellScripts() {
            return SHELL.matcher(text).find();
        }

        @Override
        public String toString() {
            return "%s:%d (%s)".formatted(file, line, title);
        }
    }

    /** A row of a table, by the cells of its line. */
    record Row(String title, List<String> cells) {
        /** A cell without the backticks around it. */
        String name(int column) {
            return cells.get(column).replace("`", "");
        }
    }

    /** README.md, CONTRIBUTING.md and everything below docs. */
    static List<Path> all() {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(
                            Stream.of(README, Path.of("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of all documents that are in one of the languages. */
    static List<Block> blocks(String... languages) {
        return all().stream()
                .flatMap(file -> blocks(file).stream())
                .filter(block -> Arrays.asList(languages).contains(block.language()))
                .toList();
    }

    static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = read(file).lines().toList();
        String title = "";
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#")) {
                title = lines.get(i).replaceFirst("#+ ", "");
            } else if (lines.get(i).startsWith("```")) {
                int begin = i + 1;
                int end = begin + lines.subList(begin, lines.size()).indexOf("```");
                String text = String.join("\n", lines.subList(begin, end)) + "\n";
                blocks.add(new Block(file, begin + 1, title, lines.get(i).substring(3), text));
                i = end;
            }
        }
        return blocks;
    }

    /** The rows of all tables, without headings. */
    static List<Row> rows(Path file) {
        List<Row> rows = new ArrayList<>();
        List<String> lines = read(file).lines().toList();
        String title = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                title = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("|") && !line.startsWith("|---") && !startsTable(lines, i)) {
                rows.add(new Row(title, cells(line)));
            }
        }
        return rows;
    }

    private static boolean startsTable(List<String> lines, int i) {
        return i + 1 < lines.size() && lines.get(i + 1).startsWith("|---");
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|'));
        return Stream.of(inner.split("\\|", -1)).map(String::trim).toList();
    }
}
