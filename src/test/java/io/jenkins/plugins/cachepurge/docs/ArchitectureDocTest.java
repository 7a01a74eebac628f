package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagram of the packages shows which calls which. */
class ArchitectureDocTest {

    private static final Path PACKAGES = Path.of("src/main/java/io/jenkins/plugins/cachepurge");
    private static final Path DOCUMENT = Documents.DOCS.resolve("architecture.md");
    private static final Pattern ARROW = Pattern.compile("(?m)^ {8}(\\w+) --> (\\w+)$");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.jenkins\\.plugins\\.cachepurge\\.(\\w+)\\.");

    /** What the arrow between the two boxes stands for. */
    private static final Set<String> FREE_OF_JENKINS = Set.of("client", "operation", "engine", "manifest", "input");

    @Test
    void arrowsAreThoseOfTheImports() throws IOException {
        Set<String> drawn = ARROW.matcher(Documents.read(DOCUMENT))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(arrows(), drawn);
    }

    @Test
    void everyPackageIsDescribed() throws IOException {
        List<String> described = Documents.rows(DOCUMENT).stream()
                .filter(row -> row.title().equals("Packages"))
                .map(row -> row.name(0))
                .sorted()
                .toList();
        assertEquals(packages(), described);
    }

    private static Set<String> arrows() throws IOException {
        Set<String> arrows = new TreeSet<>();
        for (String name : packages()) {
            try (Stream<Path> files = Files.walk(PACKAGES.resolve(name))) {
                files.filter(Files::isRegularFile)
                        .flatMap(file -> IMPORT.matcher(Documents.read(file)).results())
                        .map(MatchResult::group)
                        .map(line -> line.substring(0, line.length() - 1))
                        .map(line -> line.substring(line.lastIndexOf('.') + 1))
                        .filter(other -> !other.equals(name))
                        .filter(other -> FREE_OF_JENKINS.contains(name) || !FREE_OF_JENKINS.contains(other))
                        .forEach(other -> arrows.add(name + " --> " + other));
            }
        }
        return arrows;
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> folders = Files.list(PACKAGES).filter(Files::isDirectory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
