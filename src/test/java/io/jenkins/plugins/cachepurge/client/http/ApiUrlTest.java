package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiUrlTest {

    @ParameterizedTest
    @CsvSource({
        "HTTPS://API.Example.ORG, https://api.example.org",
        "https://api.example.org/, https://api.example.org",
        "https://api.example.org:443, https://api.example.org",
        "http://api.example.org:80/, http://api.example.org",
        "https://api.example.org:8443, https://api.example.org:8443",
        "https://api.example.org/api/, https://api.example.org/api",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://[0:0::1]:8080/, https://[::1]:8080",
    })
    void isSpelledInOneWay(String text, String usual) {
        assertEquals(usual, ApiUrl.of(text).toString());
        assertEquals(ApiUrl.of(usual), ApiUrl.of(text));
        assertEquals(ApiUrl.of(usual).hashCode(), ApiUrl.of(text).hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "api.example.org",
                "//api.example.org",
                "/api",
                "ftp://api.example.org",
                "file:///etc/passwd",
                "https://",
                "https://api example.org",
                "https://api.example.org:99999",
                "javascript:alert(1)"
            })
    void isAbsoluteAndHttp(String text) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> ApiUrl.of(text));
        assertEquals("must be an absolute URL, such as https://api.example.org", problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@api.example.org",
                "https://user:passw0rd@api.example.org",
                "https://:passw0rd@api.example.org",
                "https://api.example.org@evil.example"
            })
    void holdsNoUserInfoAndQuotesNone(String text) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> ApiUrl.of(text));
        assertEquals("must not contain a user name or password; use credentials", problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a.example?x=1", "https://a.example/?", "https://a.example#f", "https://a.example/b#"})
    void holdsNoQueryOrFragment(String text) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> ApiUrl.of(text));
        assertEquals("must not contain a query (?) or fragment (#)", problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example",
        "https://a.example, https://A.EXAMPLE/",
        "https://a.example, https://a.example:443/api/v2",
        "https://a.example/api, https://a.example/api/v2",
        "https://a.example/api/, https://a.example/api",
        "https://a.example:8443/x, https://a.example:8443/x/y/z",
        "http://a.example, http://a.example:80",
    })
    void coversItselfAndWhatIsBelow(String base, String other) {
        assertTrue(ApiUrl.of(base).contains(ApiUrl.of(other)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, http://a.example",
        "http://a.example, https://a.example",
        "https://a.example, https://a.example:8443",
        "https://a.example, https://a.example.evil.example",
        "https://a.example, https://b.a.example",
        "https://a.example, https://evil.example/a.example",
        "https://a.example/api, https://a.example",
        "https://a.example/api, https://a.example/apis",
        "https://a.example/api, https://a.example/API",
        "https://a.example/api, https://a.example//api",
    })
    void coversNothingElse(String base, String other) {
        assertFalse(ApiUrl.of(base).contains(ApiUrl.of(other)));
    }

    /** A dot at a host's end is another spelling for a resolver, but another host for certificates and proxies. */
    @Test
    void aTrailingDotIsNotTheApprovedHost() {
        assertFalse(ApiUrl.of("https://a.example").contains(ApiUrl.of("https://a.example.")));
        assertNotEquals(ApiUrl.of("https://a.example"), ApiUrl.of("https://a.example."));
    }

    /** Servers differ in what they decode, and when: some would climb out of what was approved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/api/../other",
                "https://a.example/api/./x",
                "https://a.example/api/..",
                "https://a.example/api/%2e%2e/other",
                "https://a.example/api/.%2E",
                "https://a.example/api/%252e%252e/other",
                "https://a.example/api/..;/admin",
                "https://a.example/api/.;/admin",
                "https://a.example/api/..;a=b/admin",
                "https://a.example/api/%2e%2e%3b/admin",
                "https://a.example/api/..%2Fother",
                "https://a.example/api/..%2fother",
                "https://a.example/api/%2e%2e%2fother",
                "https://a.example/api/..%5Cother",
                "https://a.example/api/..\\other",
                "https:\\\\a.example\\api",
                "https://a.example/api/x%2F..%2F..%2Fother",
                "https://a.example/a%2Fb",
                "https://a.example/a%252Fb"
            })
    void rejectsPathsThatSomeServerResolvesElsewhere(String text) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> ApiUrl.of(text));
        assertEquals("must not contain the segments . and .., a backslash or an encoded slash", problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/api/...",
                "https://a.example/api/..x",
                "https://a.example/api;v=1",
                "https://a.example/api/%C3%A9%",
                "https://a.example/api/100%25"
            })
    void acceptsOtherPaths(String text) {
        assertTrue(ApiUrl.of("https://a.example/").contains(ApiUrl.of(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example.org|must be an absolute URL, such as https://api.example.org, but was 'api.example.org'",
                "https://u:passw0rd@a.example|must not contain a user name or password; use credentials",
                "u:passw0rd@a.example|must not contain a user name or password; use credentials",
                "a.example?token=passw0rd|must not contain a query (?) or fragment (#)",
                "https://a.example#x|must not contain a query (?) or fragment (#)",
                "https://*.example.org|must not contain *; a URL includes those below it, and each host needs one of its own, but was 'https://*.example.org'",
                "https://%2A.example.org/api|must not contain *; a URL includes those below it, and each host needs one of its own, but was 'https://%2A.example.org/api'",
                "https://api.example.org/*|must not contain *; a URL includes those below it, and each host needs one of its own, but was 'https://api.example.org/*'",
                "https://a.example/api/..;/x|must not contain the segments . and .., a backslash or an encoded slash, but was 'https://a.example/api/..;/x'",
            })
    void saysWhatIsWrongWithAField(String text, String reason) {
        InputField field = new InputField("apiUrl", text);
        assertEquals(
                "apiUrl: " + reason,
                assertThrows(InvalidInputException.class, () -> ApiUrl.of(field))
                        .getMessage());
    }

    @Test
    void readsAField() {
        assertEquals(
                ApiUrl.of("https://a.example"), ApiUrl.of(new InputField("apiUrl", " https://a.example/\n".trim())));
    }

    @ParameterizedTest
    @CsvSource({
        "a b, a%20b",
        "a/b, a%2Fb",
        "a?b#c, a%3Fb%23c",
        "é, %C3%A9",
        "100%, 100%25",
        "%2e%2e, %252e%252e",
        "a\\b, a%5Cb",
        "..., ...",
        "a;b=c@d:e, a;b=c@d:e",
    })
    void encodesEachSegment(String segment, String encoded) {
        String url =
                ApiUrl.of("https://a.example/api").resolve("x", segment, "y").toString();
        assertEquals("https://a.example/api/x/" + encoded + "/y", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "..;", ".;x"})
    void noSegmentClimbsOrVanishes(String segment) {
        ApiUrl url = ApiUrl.of("https://a.example/api");
        assertThrows(IllegalArgumentException.class, () -> url.resolve("x", segment));
    }

    @Test
    void tellsWhetherOthersCanListen() {
        assertTrue(ApiUrl.of("http://a.example").isPlainHttp());
        assertFalse(ApiUrl.of("https://a.example").isPlainHttp());
    }
}
