package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job may expect of pages. */
class VerificationInputTest {

    private static String fileOf(String path) {
        return VerificationInput.fileOf(
                PageUrl.of("https://www.example.org" + path).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "/, index.html",
        "/a.html, a.html",
        "/blog/, blog/index.html",
        "/blog, blog",
        "/a%20b/c+d.html?x=1, a b/c+d.html",
        "/gr%C3%B6%C3%9Fe.html, größe.html"
    })
    void theFileOfAPage(String path, String file) {
        assertEquals(file, fileOf(path));
    }

    /** No page leads out of the directory, however it is encoded. */
    @ParameterizedTest
    @ValueSource(
            strings = {"//a", "/a//b", "/..%2fsecret", "/a/..%2F..%2Fsecret", "/a%5C..%5Csecret", "/a%00", "/a%0Ab"})
    void aPageWithoutAFile(String path) {
        assertThrows(InvalidInputException.class, () -> fileOf(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "..", "a/../../b", "a\\..\\b", "C:\\a", "\\\\server\\a", ""})
    void pathsThatLeadOut(String path) {
        assertThrows(InvalidInputException.class, () -> VerificationInput.relativePath("file", path));
    }

    @Test
    void times() {
        Instant time = Instant.parse("2026-11-26T10:15:30Z");
        assertEquals(time, VerificationInput.time(Long.toString(time.toEpochMilli())));
        assertEquals(time, VerificationInput.time("2026-11-26T10:15:30Z"));
        for (String wrong : List.of("yesterday", "no purge", "2026-11-26")) {
            assertThrows(InvalidInputException.class, () -> VerificationInput.time(wrong));
        }
    }

    @Test
    void entityTags() {
        for (String tag : List.of("5f3-a1b2", "\"5f3-a1b2\"", "W/\"5f3\"", "W/5f3", "\"\"", "!#~")) {
            assertEquals(tag, VerificationInput.etag(" " + tag + " "));
        }
        for (String wrong : List.of("a b", "\"a b\"", "gr\u00fcn", "a\"b", "\"a", "W/\"a", "a\tb", "")) {
            assertThrows(InvalidInputException.class, () -> VerificationInput.etag(wrong), wrong);
        }
    }

    /** Seconds since 1970, and a time that every page is newer than. */
    @Test
    void timesBeforeTheFirstWebsite() {
        Instant time = Instant.parse("2026-11-26T10:15:30Z");
        for (String wrong : List.of(Long.toString(time.getEpochSecond()), "0", "-5", "1970-01-01T00:00:00Z")) {
            assertThrows(InvalidInputException.class, () -> VerificationInput.time(wrong), wrong);
        }
    }

    @Test
    void aStarIsNoPage() {
        LocalizedText first = LocalizedText.of("path", 1);
        InvalidInputException problem =
                assertThrows(InvalidInputException.class, () -> VerificationInput.path(first, "/blog/*"));
        assertEquals(
                "paths: path 1 '/blog/*' must not contain *, since it is the address of one page",
                problem.getMessage());
        assertThrows(
                InvalidInputException.class, () -> VerificationInput.page(first, "https://www.example.org/blog/*"));
        InvalidInputException withPassword = assertThrows(
                InvalidInputException.class,
                () -> VerificationInput.page(first, "https://me:a-password@www.example.org/*"));
        assertFalse(withPassword.getMessage().contains("a-password"), withPassword.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization", "cookie", "Cache-Control", "IF-NONE-MATCH", "Content-Length", "a b", "", "ü"})
    void headersThatAreNotSent(String name) {
        assertThrows(InvalidInputException.class, () -> VerificationInput.requestHeaders(Map.of(name, "x")));
    }

    @Test
    void headersAsText() {
        assertEquals(
                List.of(Map.of("Accept-Language", "de", "Origin", "https://a"), Map.of("Accept-Language", "en")),
                VerificationInput.headerBlocks(
                        "requestHeaders", "Accept-Language: de\r\nOrigin: https://a\r\n \r\nAccept-Language:en\n"));
        assertThrows(InvalidInputException.class, () -> VerificationInput.headerLines("headers", "no header"));
        assertThrows(InvalidInputException.class, () -> VerificationInput.headers(Map.of("X", "line\nbreak")));
    }
}
