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

/** The picture of the rooms shows which calls which. */
class ArchitectureDocTest {

    private static final Path ROOMS = Path.of("src/main/java/io/jenkins/plugins/cachepurge");
    private static final Path DOCUMENT = Documents.DOCS.resolve("architecture.md");
    private static final Pattern ARROW = Pattern.compile("(?m)^ {8}(\\w+) --> (\\w+)$");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.jenkins\\.plugins\\.cachepurge\\.(\\w+)\\.");

    /** What the arrow between the two boxes stands for. */
    private static final Set<String> FREE_OF_JENKINS = Set.of("client", "operation");

    @Test
    void everyArrowIsInTheCodeAndTheOtherWayRound() throws IOException {
        Set<String> drawn = ARROW.matcher(Documents.read(DOCUMENT))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(arrows(), drawn);
    }

    @Test
    void everyRoomIsDescribed() throws IOException {
        List<String> described = Documents.rows(DOCUMENT).stream()
                .filter(row -> row.title().equals("The rooms"))
                .map(row -> row.name(0))
                .sorted()
                .toList();
        assertEquals(rooms(), described);
    }

    private static Set<String> arrows() throws IOException {
        Set<String> arrows = new TreeSet<>();
        for (String room : rooms()) {
            try (Stream<Path> files = Files.walk(ROOMS.resolve(room))) {
                files.filter(Files::isRegularFile)
                        .flatMap(file -> IMPORT.matcher(Documents.read(file)).results())
                        .map(MatchResult::group)
                        .map(line -> line.substring(0, line.length() - 1))
                        .map(line -> line.substring(line.lastIndexOf('.') + 1))
                        .filter(other -> !other.equals(room))
                        .filter(other -> FREE_OF_JENKINS.contains(room) || !FREE_OF_JENKINS.contains(other))
                        .forEach(other -> arrows.add(room + " --> " + other));
            }
        }
        return arrows;
    }

    private static List<String> rooms() throws IOException {
        try (Stream<Path> folders = Files.list(ROOMS).filter(Files::isDirectory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
