package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was typed, and what a cache is asked for. */
class PurgeScopesTest {

    private static PurgeScope first(SelectionType kind, String value) {
        return new PurgeScopes(new PurgeSelection(kind, List.of(value)), "www.example.org").get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "PATHS / www.example.org /",
                "PATHS /a?b=c&d=/../e www.example.org /a?b=c&d=/../e",
                "PATHS /é/%20/.a/..b/c.. www.example.org /%C3%A9/%20/.a/..b/c..",
                "PATHS /to/http://c/ www.example.org /to/http://c/",
                "PATHS /a?b=http://c/ www.example.org /a?b=http://c/",
                "PATHS /a//b/ www.example.org /a//b/",
                "PATHS /a? www.example.org /a?",
                "URLS http://Other.example.org/a?b other.example.org /a?b",
                "URLS https://other.example.org other.example.org /",
                "URLS https://other.example.org:443/a other.example.org /a",
                "URLS https://other.example.org:8443/a other.example.org:8443 /a",
                "URLS http://[::1]:8080/a [::1]:8080 /a",
                "PREFIXES /a/ www.example.org /a/",
                "PREFIXES other.example.org/a/ other.example.org /a/",
                "PREFIXES other.example.org:8080 other.example.org:8080 /",
                "PREFIXES https://other.example.org/a other.example.org /a",
            })
    void isAskedFor(SelectionType kind, String typed, String host, String target) {
        PurgeScope pages = first(kind, typed);
        assertEquals(host, pages.host());
        assertEquals(target, pages.target());
        assertEquals(kind == SelectionType.PREFIXES ? PurgeScope.Match.PREFIX : PurgeScope.Match.EXACT, pages.match());
    }

    @Test
    void everything() {
        PurgeSelection all = PurgeSelection.all();
        assertEquals(PurgeScope.everything(), new PurgeScopes(all, "").get(0));
        assertEquals(
                new PurgeScope("www.example.org", "/", PurgeScope.Match.PREFIX),
                new PurgeScopes(all, "www.example.org").get(0));
        assertEquals(1, new PurgeScopes(all, "").count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "PATHS /a/../b",
                "PATHS /a#b",
                "URLS http://other.example.org/a/../b",
                "PREFIXES user@other.example.org/a",
                "PREFIXES :pw@other.example.org/a",
                "PREFIXES ftp://other.example.org/a",
                "PREFIXES other.example.org/a#b",
            })
    void isRefused(SelectionType kind, String typed) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> first(kind, typed));
        assertTrue(refused.getMessage().startsWith(kind.parameter() + ": "), refused::getMessage);
        assertFalse(refused.getMessage().contains("@"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org, www.example.org",
        "' WWW.Example.org ', www.example.org",
        "www.example.org:8080, www.example.org:8080",
        "www.example.org:80, www.example.org",
        "'[::1]', '[::1]'",
        "bücher.example, xn--bcher-kva.example"
    })
    void host(String typed, String host) {
        assertEquals(host, PurgeScopes.host(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.example.org",
                "www.example.org/",
                "a b",
                "a@b",
                "a?b",
                "a#b",
                "a\\b",
                ":80",
                "a:b:c",
                "*.a"
            })
    void noHost(String typed) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> PurgeScopes.host(typed));
        assertEquals(
                "host: must be a host as in a URL, such as www.example.org or www.example.org:8080, but was '%s'"
                        .formatted(typed),
                refused.getMessage());
    }
}
