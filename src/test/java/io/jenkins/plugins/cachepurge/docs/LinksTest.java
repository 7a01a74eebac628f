package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links between the documents lead somewhere, and every document can be reached. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Set<Path> REACHED_BY_GITHUB = Set.of(Documents.README, Path.of("CONTRIBUTING.md"));

    @Test
    void everyLinkLeadsToSomething() {
        Set<Path> reached = new TreeSet<>(REACHED_BY_GITHUB);
        for (Path document : Documents.all()) {
            LINK.matcher(Documents.read(document))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("https://"))
                    .forEach(target -> {
                        String[] parts = target.split("#", 2);
                        Path file = parts[0].isEmpty() ? document : sibling(document, parts[0]);
                        assertTrue(Files.exists(file), () -> document + " links to " + target);
                        if (parts.length == 2) {
                            assertTrue(anchors(file).contains(parts[1]), document + " links to " + target);
                        }
                        reached.add(file);
                    });
        }
        assertEquals(
                List.of(),
                Documents.all().stream()
                        .filter(document -> !reached.contains(document))
                        .toList());
    }

    @Test
    void codeBlocksHaveALanguageAndNoTabs() {
        for (Path document : Documents.all()) {
            for (Documents.Block block : Documents.blocks(document)) {
                assertFalse(block.language().isEmpty(), block::toString);
                assertFalse(block.text().contains("\t"), block::toString);
            }
        }
    }

    private static Path sibling(Path document, String target) {
        Path here = Path.of("").toAbsolutePath();
        return here.relativize(document.toAbsolutePath().resolveSibling(target).normalize());
    }

    /** As GitHub makes them from headings. */
    private static Set<String> anchors(Path file) {
        return Documents.read(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
