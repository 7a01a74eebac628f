package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.input.InputFieldTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeSelectionTest {

    private static PurgeSelection paths(List<String> paths) {
        return PurgeSelection.of(Map.of(SelectionType.PATHS, paths), false).orElseThrow();
    }

    @Test
    void isPathsOrEverything() {
        assertEquals(Optional.of(PurgeSelection.all()), PurgeSelection.of(Map.of(), true));
        assertEquals(new PurgeSelection(SelectionType.PATHS, List.of("/a")), paths(List.of("/a")));
    }

    @Test
    void isNotBoth() {
        assertRefused(
                "paths: cannot be combined with all: true; use one of them",
                () -> PurgeSelection.of(Map.of(SelectionType.PATHS, List.of("/a")), true));
        assertRefused(
                "tags: cannot be combined with paths; use one of them",
                () -> PurgeSelection.of(
                        Map.of(
                                SelectionType.PATHS,
                                List.of("/a"),
                                SelectionType.TAGS,
                                List.of("a"),
                                SelectionType.URLS,
                                List.of()),
                        false));
    }

    /** Job DSL writes the lists that a job does not name as empty ones. */
    @Test
    void emptyListIsNotGivenBesideSomethingElse() {
        Map<SelectionType, List<String>> empty =
                Map.of(SelectionType.URLS, List.of(), SelectionType.TAGS, List.of(), SelectionType.HOSTS, List.of());
        Map<SelectionType, List<String>> lists = new EnumMap<>(empty);
        lists.put(SelectionType.PATHS, List.of("/a"));
        assertEquals(Optional.of(paths(List.of("/a"))), PurgeSelection.of(lists, false));
        assertEquals(Optional.of(PurgeSelection.all()), PurgeSelection.of(empty, true));
        assertEquals(
                Optional.of(PurgeSelection.all()), PurgeSelection.of(Map.of(SelectionType.PATHS, List.of()), true));
        assertEquals(Optional.empty(), PurgeSelection.of(empty, false));
    }

    @Test
    void isNotNothing() {
        assertEquals(Optional.empty(), PurgeSelection.of(Map.of(), false));
        assertRefused(
                "paths: must name at least one; to purge everything, set all: true instead", () -> paths(List.of()));
    }

    @Test
    void missingOneIsAnsweredWithWhatTheCdnTakes() {
        assertEquals(
                "urls: is required; KeyCDN takes one of: urls, tags, all: true",
                PurgeCapabilities.of(SelectionType.URLS, SelectionType.TAGS, SelectionType.ALL)
                        .missing("KeyCDN")
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/a b", "/ä?x=1&y=2", "/a//b", "/img/*", "/...", "/http://x", "/ "})
    void aPathStartsAtTheRoot(String path) {
        assertEquals(1, paths(List.of(path)).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a,/b", "/a, /b", "/a /b", "/a https://www.example.org/b"})
    void severalPathsInOneTextAreRefused(String path) {
        assertRefused(
                "paths: path 2 '%s' seems to be several; use a list, or a line for each (the spaces and commas of a single one must be percent-encoded)"
                        .formatted(path),
                () -> paths(List.of("/ok", path)));
    }

    @Test
    void severalUrlsInOneTextAreRefused() {
        for (String between : List.of(",", ", ", " ")) {
            String text = "https://www.example.org/a" + between + "https://www.example.org/b";
            assertThrows(
                    InvalidInputException.class, () -> new PurgeSelection(SelectionType.URLS, List.of(text)), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a, b", "/a b", "/w_100,h_100/a.jpg", "/search?q=a,/b", "/login?next=a https://b"})
    void commasAndSpacesWithinOnePathAreKept(String path) {
        assertEquals(1, paths(List.of(path)).count());
    }

    @Test
    void spacesAroundAValueAreLeftOut() {
        assertEquals(List.of("/a", "/b"), paths(List.of(" /a", "/b  ")).values());
    }

    @ParameterizedTest
    @CsvSource({
        "PATHS, $PAGES",
        "PATHS, ${pages}",
        "PATHS, $pages",
        "PATHS, /x/${env.ASSETS}",
        "PATHS, /app-$BUILD_NUMBER.js",
        "URLS, https://$HOST/x.js",
        "TAGS, app-${T}",
        "TAGS, v$BUILD_NUMBER",
        "HOSTS, $HOST"
    })
    void variableThatWasNotReplacedIsSaidToBeOne(SelectionType type, String value) {
        assertRefused(
                "%s 1 '%s' has a variable that was not replaced: it is empty or not set, or stands between single quotes in a Jenkinsfile"
                        .formatted(type.parameter() + ": " + type.noun(), value),
                () -> given(type, value));
    }

    @ParameterizedTest
    @CsvSource({"TAGS, null", "HOSTS, null", "URLS, https://null/x.js", "PREFIXES, null/a", "PATHS, null"})
    void textOfNullIsSaidToBeOne(SelectionType type, String value) {
        assertRefused(
                "%s 1 '%s' has the text of a value that is null: a variable is not set"
                        .formatted(type.parameter() + ": " + type.noun(), value),
                () -> given(type, value));
    }

    @ParameterizedTest
    @CsvSource({
        "PATHS, /price/$5",
        "PATHS, /jquery/$.js",
        "PATHS, /a$b",
        "PATHS, /null/a",
        "PATHS, /$A",
        "TAGS, nullable",
        "URLS, https://null.example.org/"
    })
    void dollarsAndNullInsideOfAValueAreKept(SelectionType type, String value) {
        assertEquals(List.of(value), given(type, value).values());
    }

    /** A file may have any name; nobody has written its page. */
    @Test
    void pagesOfFilesMayLookLikeVariables() {
        String page = "/$RECYCLE.BIN/a";
        assertEquals(List.of(page), new PurgeSelection(SelectionType.PATHS, List.of(page)).values());
    }

    private static PurgeSelection given(SelectionType type, String value) {
        return PurgeSelection.of(Map.of(type, List.of(value)), false).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "//host",
                "//host/path",
                "https://host/path",
                "http://host",
                "host.example/path",
                "*",
                "?x",
                "./a"
            })
    void withoutSchemeAndHost(String path) {
        assertRefused(
                "paths: path 2 '%s' must be a path from the root, such as /index.html, without scheme and host"
                        .formatted(path),
                () -> paths(List.of("/good", path)));
    }

    @ParameterizedTest
    @CsvSource({
        "'/a\nb', /a?b",
        "'/a\r\n', /a??",
        "'/\u0000', /?",
        "'/\u001b[31m', /?[31m",
        "'/\u0085', /?",
        "'/\u2028', /?",
        "'/\u202e', /?",
        "'/\u200b', /?",
        "'\ufeff/', ?/",
        "'/\ud800', /?",
        "'/a\tb', /a?b"
    })
    void withoutWhatCannotBeSeen(String path, String shown) {
        assertRefused(
                "paths: path 1 '%s' must not contain line breaks, control characters or other invisible characters"
                        .formatted(shown),
                () -> paths(List.of(path)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void withoutGaps(String path) {
        assertRefused("paths: path 3 is empty", () -> paths(Arrays.asList("/a", "/b", path, "/d")));
    }

    /** Each once, also if it is spelled in two ways, in the order in which it was first named. */
    @Test
    void keepsWhatItWasGiven() {
        List<String> mutable = new ArrayList<>(List.of("/b", "/a b", "/b", "/a%20b", "/B"));
        PurgeSelection paths = new PurgeSelection(SelectionType.PATHS, mutable);
        mutable.clear();
        assertEquals(List.of("/b", "/a%20b", "/B"), paths.values());
        assertEquals(3, paths.count());
        assertEquals(
                List.of("https://www.example.org/", "http://www.example.org/"),
                new PurgeSelection(
                                SelectionType.URLS,
                                List.of(
                                        "https://www.example.org",
                                        "http://www.example.org/",
                                        "HTTPS://WWW.example.org:443/"))
                        .values());
        assertEquals(List.of("b", "a"), new PurgeSelection(SelectionType.TAGS, List.of("b", "a", "b")).values());
        assertEquals(
                List.of("xn--bcher-kva.example"),
                new PurgeSelection(SelectionType.HOSTS, List.of("bücher.example", "XN--BCHER-KVA.example")).values());
    }

    @Test
    void namesTheValueThatIsWrongByItsPlaceAmongAll() {
        assertRefused("paths: path 4 is empty", () -> paths(List.of("/a", "/a", "/a", "")));
    }

    /** A browser would resolve them, and a cache might take them as they are. */
    @ParameterizedTest
    @CsvSource({
        "PATHS, path, /..",
        "PATHS, path, /a/./b",
        "PATHS, path, /%2E%2e/a",
        "PATHS, path, '/a\\b'",
        "PATHS, path, /c#.html",
        "URLS, URL, https://a.example/b/../c",
        "URLS, URL, 'https://a.example\\b'",
        "PREFIXES, prefix, /a/../b",
        "PREFIXES, prefix, a.example/b#c"
    })
    void whatMayMeanTwoPages(SelectionType type, String noun, String value) {
        assertRefused(
                "%s: %s 1 '%s' must not contain #, a backslash or the segments . and ..; percent-encode those that belong to a name"
                        .formatted(type.parameter(), noun, value),
                () -> PurgeSelection.of(Map.of(type, List.of(value)), false));
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 1", "5, 5, 1", "6, 5, 2", "11, 5, 3", "100, 100, 1", "101, 100, 2", "3, 1, 3", "2, 1000, 1"})
    void isCutIntoAsFewRequestsAsAllowed(int paths, int perRequest, int requests) {
        List<String> all = ScalewayFixture.paths(0, paths);
        Batches batches = new Batches(new PurgeSelection(SelectionType.PATHS, all), perRequest);
        assertEquals(requests, batches.count());
        List<String> together = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            together.addAll(batches.batch(i));
        }
        assertEquals(all, together);
    }

    @Test
    void everythingIsOneRequestWithoutPaths() {
        Batches batches = new Batches(PurgeSelection.all(), 5);
        assertEquals(1, batches.count());
        assertEquals(List.of(), batches.batch(0));
    }

    @Test
    void isOfOneKind() {
        assertRefused(
                "tags: cannot be combined with urls; use one of them",
                () -> PurgeSelection.of(
                        Map.of(SelectionType.URLS, List.of("https://a.example/"), SelectionType.TAGS, List.of("a")),
                        false));
        assertRefused(
                "hosts: cannot be combined with all: true; use one of them",
                () -> PurgeSelection.of(Map.of(SelectionType.HOSTS, List.of("a.example")), true));
    }

    @ParameterizedTest
    @CsvSource({
        "URLS, http://www.example.org:8080/a?b=c&d",
        "TAGS, article-7",
        "TAGS, 'a,b:c/d'",
        "PREFIXES, /blog/",
        "PREFIXES, www.example.org/blog",
        "HOSTS, www.example.org",
        "TAGS, 'product-*'",
        "PREFIXES, https://www.example.org/blog",
        "PREFIXES, www.example.org",
        "HOSTS, 192.0.2.7"
    })
    void eachKindTakesItsOwn(SelectionType kind, String value) {
        PurgeSelection one =
                PurgeSelection.of(Map.of(kind, List.of(value)), false).orElseThrow();
        assertEquals(kind, one.type());
        assertEquals(List.of(value), one.values());
        assertEquals(1, one.count());
    }

    @ParameterizedTest
    @CsvSource({
        "URLS, /index.html, 'must be an absolute URL, such as https://www.example.org/index.html, without user and fragment'",
        "URLS, ftp://www.example.org/, 'must be an absolute URL, such as https://www.example.org/index.html, without user and fragment'",
        "URLS, https://a.example/#b, 'must be an absolute URL, such as https://www.example.org/index.html, without user and fragment'",
        "TAGS, a b, must not contain spaces",
        "PREFIXES, /blog/*, must not contain *; a prefix selects everything that starts with it",
        "PREFIXES, //blog/, 'must be the start of a path, such as /blog/, or of a URL, such as www.example.org/blog/, without user'",
        "PREFIXES, ftp://a.example/b, 'must be the start of a path, such as /blog/, or of a URL, such as www.example.org/blog/, without user'",
        "HOSTS, https://www.example.org, 'must be the name of a host, such as www.example.org, without scheme, port and path'",
        "HOSTS, www.example.org:80, 'must be the name of a host, such as www.example.org, without scheme, port and path'",
        "HOSTS, www.example.org/, 'must be the name of a host, such as www.example.org, without scheme, port and path'",
        "HOSTS, *.example.org, 'must be the name of a host, such as www.example.org, without scheme, port and path'"
    })
    void andNothingElse(SelectionType kind, String value, String advice) {
        String one = Map.of(
                        SelectionType.URLS,
                        "URL",
                        SelectionType.TAGS,
                        "tag",
                        SelectionType.PREFIXES,
                        "prefix",
                        SelectionType.HOSTS,
                        "host")
                .get(kind);
        assertRefused(
                "%s: %s 1 '%s' %s".formatted(kind.parameter(), one, value, advice),
                () -> PurgeSelection.of(Map.of(kind, List.of(value)), false));
    }

    @Test
    void aPasswordIsNotQuoted() {
        assertRefused(
                "urls: URL 1 '\u2026' must be an absolute URL, such as https://www.example.org/index.html, without user and fragment",
                () -> PurgeSelection.of(Map.of(SelectionType.URLS, List.of("https://me:s3cret@a.example/")), false));
    }

    @Test
    void aCdnRefusesWhatItDoesNotSupport() {
        PurgeCapabilities support = PurgeCapabilities.of(SelectionType.ALL, SelectionType.TAGS, SelectionType.URLS)
                .withSoft(SelectionType.TAGS, SelectionType.URLS);
        support.check("Some CDN", SOMETHING.get(SelectionType.TAGS), true);
        support.check("Some CDN", SOMETHING.get(SelectionType.ALL), false);
        assertRefused(
                "prefixes: Some CDN cannot purge by prefixes; it supports urls, tags, all: true",
                checking(support, "Some CDN", SelectionType.PREFIXES));
        assertRefused(
                "soft: cannot be combined with all: true at Some CDN; use it with urls, tags",
                checking(support, "Some CDN", SelectionType.ALL));
        assertRefused(
                "soft: Other CDN does not support soft purges; remove soft",
                checking(PurgeCapabilities.of(SelectionType.ALL), "Other CDN", SelectionType.ALL));
    }

    private static Supplier<?> checking(PurgeCapabilities support, String cdn, SelectionType kind) {
        return () -> {
            support.check(cdn, SOMETHING.get(kind), true);
            return "nothing wrong";
        };
    }

    private static final Map<SelectionType, PurgeSelection> SOMETHING = Map.of(
            SelectionType.ALL,
            PurgeSelection.all(),
            SelectionType.TAGS,
            new PurgeSelection(SelectionType.TAGS, List.of("a*b")),
            SelectionType.PREFIXES,
            new PurgeSelection(SelectionType.PREFIXES, List.of("/a")));

    @Test
    void aStarIsALetterUnlessTheCdnSaysOtherwise() {
        PurgeSelection urls =
                new PurgeSelection(SelectionType.URLS, List.of("https://a.example/", "https://a.example/b/*?c"));
        PurgeCapabilities many = PurgeCapabilities.of(
                SelectionType.ALL, SelectionType.PREFIXES, SelectionType.URLS, SelectionType.PATHS);
        assertRefused(
                "urls: 'https://a.example/b/*?c' must not contain *, since each of urls names a single page; for more, Some CDN supports prefixes, all: true",
                () -> checked(many, urls));
        assertRefused(
                "paths: '/a*b' must not contain *, since Some CDN purges only single pages",
                () -> checked(
                        PurgeCapabilities.of(SelectionType.URLS, SelectionType.PATHS),
                        new PurgeSelection(SelectionType.PATHS, List.of("/a*b"))));
        checked(many.withWildcards(SelectionType.URLS), urls);
    }

    private static Object checked(PurgeCapabilities support, PurgeSelection selection) {
        support.check("Some CDN", selection, false);
        return selection;
    }
}
