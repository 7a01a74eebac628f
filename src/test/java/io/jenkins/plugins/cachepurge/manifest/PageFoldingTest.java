package io.jenkins.plugins.cachepurge.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that are too many become directories, the deepest first. */
class PageFoldingTest {

    private static final PageLayout LAYOUT = PageLayout.of("/", "index.html");

    private static PageFolding folding(int maxCount) {
        return new PageFolding(LAYOUT, maxCount, true, true, false);
    }

    private static List<String> files(String... patterns) {
        return Stream.of(patterns)
                .flatMap(pattern -> pattern.contains("#")
                        ? IntStream.range(0, 10).mapToObj(i -> pattern.replace("#", "" + i))
                        : Stream.of(pattern))
                .toList();
    }

    @Test
    void aFewPagesStayAsTheyAre() {
        assertEquals(
                new PagesToPurge(List.of("/index.html", "/", "/a/b.html"), List.of(), false),
                folding(3).fold(files("index.html", "a/b.html")));
    }

    @Test
    void theDeepestDirectoriesAreFoldedFirst() {
        List<String> files = files("top.html", "a/x.html", "a/b/#.html", "a/c/one.html");
        assertEquals(
                new PagesToPurge(List.of("/top.html", "/a/x.html", "/a/c/one.html"), List.of("/a/b/"), false),
                folding(12).fold(files));
        assertEquals(
                new PagesToPurge(List.of("/top.html"), List.of("/a/"), false),
                folding(3).fold(files));
        assertEquals(PagesToPurge.EVERYTHING, folding(1).fold(files));
    }

    /** A prefix /blog/ does not cover /blog. */
    @Test
    void anIndexWithoutSlashIsOutsideOfItsDirectory() {
        PagesToPurge folded = folding(5).fold(files("blog/index.html", "blog/#.html"));
        assertEquals(new PagesToPurge(List.of("/blog"), List.of("/blog/"), false), folded);
    }

    @Test
    void belowABase() {
        PageFolding docs = new PageFolding(PageLayout.of("/docs/v2/", "index.html"), 3, true, true, false);
        assertEquals(new PagesToPurge(List.of(), List.of("/docs/v2/a/"), false), docs.fold(files("a/#.html")));
        assertEquals(PagesToPurge.EVERYTHING, docs.fold(files("#.html")));
    }

    @Test
    void whatCannotBePurgedIsNotChosen() {
        List<String> files = files("a/#.html");
        assertEquals(PagesToPurge.EVERYTHING, new PageFolding(LAYOUT, 3, false, true, false).fold(files));
        PagesToPurge single = new PageFolding(LAYOUT, 3, false, false, false).fold(files);
        assertEquals(10, single.pages().size());
        PagesToPurge prefixesOnly = new PageFolding(LAYOUT, 3, true, false, false).fold(files("#.html"));
        assertEquals(10, prefixesOnly.pages().size());
    }

    @Test
    void aPageWithAStarIsPurgedWithItsDirectory() {
        List<String> files = files("a/b/x*.html", "a/y.html");
        assertEquals(
                new PagesToPurge(List.of("/a/y.html"), List.of("/a/b/"), false),
                folding(10).fold(files));
        assertEquals(PagesToPurge.EVERYTHING, folding(10).fold(files("x*.html", "a/y.html")));
        assertEquals(PagesToPurge.EVERYTHING, new PageFolding(LAYOUT, 10, false, true, false).fold(files));
        assertEquals(
                new PagesToPurge(List.of("/a/b/x*.html", "/a/y.html"), List.of(), false),
                new PageFolding(LAYOUT, 10, true, true, true).fold(files));
    }

    /** Whatever is folded, no page is lost, and there are no more than wanted. */
    @Test
    void everyPageIsCovered() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            List<String> files = new ArrayList<>();
            int count = 1 + random.nextInt(60);
            for (int i = 0; i < count; i++) {
                files.add("a/".repeat(random.nextInt(3)) + "bcd".charAt(random.nextInt(3)) + "/" + random.nextInt(9)
                        + (random.nextInt(20) == 0 ? "*" : "") + "/index.html");
            }
            int maxCount = 1 + random.nextInt(20);
            PagesToPurge folded = folding(maxCount).fold(files);
            assertTrue(folded.count() <= maxCount, folded::toString);
            Set<String> pages = new LinkedHashSet<>();
            files.forEach(file -> pages.addAll(LAYOUT.pages(file)));
            for (String page : pages) {
                assertTrue(
                        folded.everything()
                                || folded.pages().contains(page)
                                || folded.prefixes().stream().anyMatch(page::startsWith),
                        () -> page + " of " + folded);
            }
        }
    }
}
