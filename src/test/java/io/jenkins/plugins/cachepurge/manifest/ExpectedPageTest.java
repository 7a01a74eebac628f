package io.jenkins.plugins.cachepurge.manifest;

import static io.jenkins.plugins.cachepurge.manifest.ManifestTest.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pages are looked at after a purge, and what they should be. */
class ExpectedPageTest {

    private static final PageLayout LAYOUT = PageLayout.of("/docs/", "index.html");
    private static final Manifest BEFORE = Manifest.of(List.of(
            file("a.html", "1"),
            file("b/index.html", "1"),
            file("c.html", "1"),
            file("old.html", "1"),
            file("z", "1")));
    private static final Manifest AFTER = Manifest.of(List.of(
            file("a.html", "2"),
            file("b/index.html", "2"),
            file("c.html", "1"),
            file("new.html", "3"),
            file("z", "2")));

    private static List<ExpectedPage> sample(int atMost) {
        return ExpectedPage.sample(AFTER, FileChanges.between(BEFORE, AFTER, List.of()), LAYOUT, atMost);
    }

    private static ExpectedPage page(String path, String content) {
        return new ExpectedPage(path, Optional.of(file("", content).digest()));
    }

    private static final ExpectedPage GONE = new ExpectedPage("/docs/old.html", Optional.empty());

    @Test
    void indexesFirstThenChangedNewAndRemoved() {
        assertEquals(
                List.of(
                        page("/docs/b/", "2"),
                        page("/docs/a.html", "2"),
                        page("/docs/z", "2"),
                        page("/docs/new.html", "3"),
                        GONE),
                sample(10));
    }

    @Test
    void aSmallerSampleHasARemovedPageToo() {
        assertEquals(List.of(page("/docs/b/", "2"), page("/docs/a.html", "2"), GONE), sample(3));
        assertEquals(List.of(GONE), sample(1));
    }

    @Test
    void withoutRemovedPages() {
        FileChanges changes = FileChanges.between(Manifest.empty(), AFTER, List.of());
        assertEquals(
                List.of(page("/docs/b/", "2"), page("/docs/a.html", "2")),
                ExpectedPage.sample(AFTER, changes, LAYOUT, 2));
        assertEquals(List.of(), ExpectedPage.sample(AFTER, FileChanges.between(AFTER, AFTER, List.of()), LAYOUT, 5));
    }

    /** The directory of a removed index may still be there, and a removed file may be a directory now. */
    @Test
    void onlyWhatMustBeGoneIsExpectedToBe() {
        Manifest before = Manifest.of(
                List.of(file("about", "1"), file("b/index.html", "1"), file("b/other.html", "1"), file("blog", "1")));
        Manifest after =
                Manifest.of(List.of(file("b/other.html", "1"), file("blog-old/x", "1"), file("blog/index.html", "1")));
        assertEquals(
                List.of(
                        page("/docs/blog/", "1"),
                        page("/docs/blog-old/x", "1"),
                        new ExpectedPage("/docs/b/index.html", Optional.empty()),
                        new ExpectedPage("/docs/about", Optional.empty())),
                ExpectedPage.sample(after, FileChanges.between(before, after, List.of()), LAYOUT, 10));
    }
}
