package io.jenkins.plugins.cachepurge.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a file, as browsers send them. */
class PageLayoutTest {

    private static final PageLayout ROOT = PageLayout.of("/", "index.html");

    @Test
    void anIndexIsServedAsItsDirectoryToo() {
        assertEquals(List.of("/index.html", "/"), ROOT.pages("index.html"));
        assertEquals(List.of("/blog/index.html", "/blog/", "/blog"), ROOT.pages("blog/index.html"));
        assertEquals(List.of("/blog/my-index.html"), ROOT.pages("blog/my-index.html"));
        assertEquals(List.of("/a.html"), ROOT.pages("a.html"));
        PageLayout docs = PageLayout.of("/docs", "default.htm");
        assertEquals(List.of("/docs/default.htm", "/docs/", "/docs"), docs.pages("default.htm"));
        assertEquals(List.of("/docs/index.html"), docs.pages("index.html"));
        assertEquals(List.of("/index.html"), PageLayout.of("/", "").pages("index.html"));
    }

    @Test
    void directories() {
        assertEquals("/", ROOT.directory("a.html"));
        assertEquals("/a%23/b/", ROOT.directory("a#/b/c.html"));
        assertEquals("/docs/b/", PageLayout.of("/docs/", "").directory("b/c.html"));
    }

    /** Through the selection, which encodes the rest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "grüße.html | /gr%C3%BC%C3%9Fe.html",
                "a b.html | /a%20b.html",
                "100%.html | /100%25.html",
                "a%20b.html | /a%2520b.html",
                "what?.html | /what%3F.html",
                "c#.html | /c%23.html",
                "a\\b.html | /a%5Cb.html",
                "it's \"q\" <x>.html | /it's%20%22q%22%20%3Cx%3E.html",
                "a+b&c=d;e,f.html | /a+b&c=d;e,f.html",
                "`  a` | /%20%20a",
                "x\u200by | /x%E2%80%8By",
                "😀.png | /%F0%9F%98%80.png"
            })
    void namesAreEncodedAsBrowsersDo(String file, String page) {
        assertEquals(List.of(page), new PurgeSelection(SelectionType.PATHS, ROOT.pages(file)).values());
    }

    @Test
    void controlCharactersOfNames() {
        assertEquals(
                List.of("/a%0Ab%00c%20", "/%09"),
                new PurgeSelection(
                                SelectionType.PATHS,
                                List.of(
                                        ROOT.pages("a\nb\0c ").get(0),
                                        ROOT.pages("\t").get(0)))
                        .values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "docs/", "//docs/", "https://www.example.org/", "/a?b", "/a#b", "/a/../b/", "/a\\b", "/a*/"})
    void aBaseThatIsNoPathIsRefused(String base) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> PageLayout.of(base, ""));
        assertTrue(refused.getMessage().startsWith("base: must be a path from the root"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/index.html", "/", "a\\b", "a\nb"})
    void anIndexThatIsNoNameIsRefused(String index) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> PageLayout.of("/", index));
        assertTrue(refused.getMessage().startsWith("index: must be the name of a file"), refused::getMessage);
    }

    @Test
    void aBaseIsEncodedAndEndsWithASlash() {
        assertEquals("/gr%C3%B6%C3%9Fe/", PageLayout.of("/größe", "").base());
        assertEquals("/a/", PageLayout.of("/a/", "").base());
    }
}
