package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org, https://www.example.org/",
        "HTTPS://WWW.Example.org:443/A, https://www.example.org/A",
        "http://www.example.org:8080?a=b, http://www.example.org:8080/?a=b",
        "http://[::1]:8080/a, http://[::1]:8080/a",
        "' https://www.example.org/a ', https://www.example.org/a",
        "https://b\u00fccher.example/b\u00fccher, https://xn--bcher-kva.example/b%C3%BCcher",
        "https://www.example.org/a|b^c?d|e^f, https://www.example.org/a|b%5Ec?d|e^f",
        "https://www.example.org/user@host, https://www.example.org/user@host"
    })
    void isSpelledAsByBrowsers(String typed, String text) {
        PageUrl page = PageUrl.of(typed).orElseThrow();
        assertEquals(text, page.text());
        assertEquals(text.replaceFirst("^\\w+://", ""), page.withoutScheme());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "www.example.org",
                "ftp://www.example.org/",
                "https:///a",
                "https://",
                "https://user@www.example.org/",
                "https://@www.example.org/",
                "https://user:password@www.example.org/",
                "https://www.example.org/a#b",
                "https://www.example.org/a/../b",
                "https://www.example.org/a/%2e%2E",
                "https://www.example.org\\a",
                "https://www example.org/a"
            })
    void isNothingElse(String typed) {
        assertTrue(PageUrl.of(typed).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org, www.example.org",
        "WWW.Example.org, www.example.org",
        "b\u00fccher.example, xn--bcher-kva.example",
        "b\u00dcCHER.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "192.0.2.7, 192.0.2.7",
        "www.example.org:80,",
        "www.example.org/,",
        "https://www.example.org,",
        "*.example.org,",
        "a@b,",
        "ex%61mple.org,",
        "a b.example,",
        "[::1],"
    })
    void hostsAreComparedInAscii(String typed, String host) {
        assertEquals(host, PageUrl.asciiHost(typed).orElse(null));
    }

    @Test
    void aBarIsSentAsItIs() throws Exception {
        HttpUrl plain = PageUrl.behind("https://api.example/purge/www.example.org", "/a%7Cb//c?d|e");
        assertEquals("https://api.example/purge/www.example.org/a%7Cb//c?d|e", plain.toString());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> requestLine(server));
            HttpUrl url = PageUrl.behind(
                    "http://127.0.0.1:%d/x".formatted(server.getLocalPort()), "/a|b/%7C/|?c|d%7C=\u0065");
            new OkHttpClient()
                    .newCall(
                            new Request.Builder().url(url).method("PURGE", null).build())
                    .execute()
                    .close();
            assertEquals("PURGE /x/a|b/%7C/|?c|d%7C=e HTTP/1.1", received.get(20, TimeUnit.SECONDS));
        }
    }

    private static String requestLine(ServerSocket server) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            while (!in.readLine().isEmpty()) {
                // The headers are of no interest.
            }
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return first;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPrefixHasNoQuery() {
        assertTrue(PageUrl.isHostAndPath("www.example.org/blog"));
        assertFalse(PageUrl.isHostAndPath("www.example.org/blog?a"));
        assertFalse(PageUrl.isHostAndPath("https://www.example.org/blog"));
        assertFalse(PageUrl.isHostAndPath("www.example.org:8080/blog"));
    }
}
