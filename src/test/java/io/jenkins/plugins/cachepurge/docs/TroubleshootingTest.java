package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each message that the plugin can print is in troubleshooting.md, with an ellipsis for what is put in. */
class TroubleshootingTest {

    private static final Path DOCUMENT = Documents.DOCS.resolve("troubleshooting.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/cachepurge");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern FORMAT = Pattern.compile("%(?:\\d+\\$)?,?(?:\\.\\d)?[a-z]");
    private static final Pattern WORDS = Pattern.compile("\\p{L}{2}");

    /** Texts with a space that no user meets. */
    private static final Set<String> NO_MESSAGES = Set.of(
            // Names.
            "cache-purge worker",
            "cache-purge HTTP",
            "cache-purge timer",
            "cache-purge connections",
            "cache-purge/… Jenkins/…",
            "shared poll",
            "purge requests",
            "of … …",
            "purge history",
            "list of changes",
            "API Platform",
            "FOSHttpCache, xkey",
            // Parts of requests.
            "… Credential=…/…, SignedHeaders=…, Signature=…",
            "… (supportId …)",
            "mark as stale",
            "HTTP … …",
            // What is sent or read, not said.
            "EG1-HMAC-SHA256 client_token=…;access_token=…;timestamp=…;nonce=…;",
            "\\\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\\\s]+)-----END PRIVATE KEY-----\\\\s*",
            "HTTP/1\\\\.([01]) ([1-5][0-9]{2})(?: (.*))?",
            "([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?",
            // What Google says.
            "reasonable timeframe",
            // What Buddy says.
            "api is disabled",
            // What OkHttp says.
            "Unexpected response code for CONNECT: ([1-9][0-9]{2})",
            // What Java says.
            "broken pipe",
            "stream was reset",
            "unexpected end of stream",
            // What Varnish says.
            "200 Ban added",
            "200 Ban added.",
            "200 BAN URLs containing (/) done.",
            "200 Banned",
            "200 Everything banned",
            "200 Page marked as stale",
            "200 Page purged",
            "200 Prefix banned",
            "200 Purged",
            "200 Tags banned",
            "200 (\\\\d+) objects? marked as stale",
            "200 (\\\\d+) objects? purged",
            "200 Invalidated (\\\\d+) objects",
            "200 Purged (\\\\d+) objects, expired (\\\\d+) objects",
            "404 Page not cached",
            // For the log of Jenkins.
            "Cannot read or delete the changed files of",
            "Cannot save the warning:",
            // Mistakes of a programmer.
            "a SHA-256 has 32 bytes",
            "a line break in a request",
            "a route of its own needs credentials without access tokens",
            "not an id:",
            "caches know no",
            "has no tags",
            "purges single pages only",
            "a test must not",
            "cannot be written as JSON:",
            "cannot be written as XML:",
            "not a form:",
            "a token exchange may be repeated",
            "each Java has SHA-256",
            "an access token that has expired already",
            "no path would mean everything",
            "no tag would mean everything",
            "A site has no requests other than those of its layers",
            "a wildcard would purge more than one URL",
            "the wildcard is put behind the prefix here",
            "not supported:",
            "must be among what can be purged",
            "what is not idempotent, and nothing else, needs a state for a lost response:",
            "'…' cannot be part of a URL",
            // Names of quotas.
            "edge check",
            "urls of",
            "patterns of",
            // LocalizedText says the same to people.
            "must be an absolute URL, such as https://api.example.org",
            "must not contain the segments . and .., a backslash or an encoded slash");

    /** Texts that are only parts of lines. */
    private static final Set<String> PARTS_OF_LINES = Set.of(
            "… and …",
            "… cache",
            "… hosts",
            "… is done, but not verified: the verification",
            "… list of changes",
            "… prefixes",
            "… purge history",
            "… run",
            "… status",
            "… step",
            "… storage",
            "… tags",
            "… verification",
            "1 directory",
            "1 page",
            "distribution tenant …",
            "dryRun",
            "site …, …",
            "the … network",
            "unchanged",
            "verifications",
            // Names of steps.
            "Clear Buddy pipeline cache",
            "Clear Feldera pipeline storage",
            "List changed files",
            "List earlier CDN purges",
            "Purge CDN cache",
            "Run scheduled Buddy execution",
            "Show the status of an earlier CDN purge",
            "Verify pages");

    @Test
    void everyTextInTheCode() throws IOException {
        Set<String> missing = new TreeSet<>();
        String document = document();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                LITERAL.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                        .results()
                        .map(found -> shown(found.group(1).replace("\\\"", "\"")))
                        .filter(text -> WORDS.matcher(text).find() && text.contains(" "))
                        .filter(text -> !NO_MESSAGES.contains(text) && !document.contains(text))
                        .forEach(text -> missing.add(file.getFileName() + ": " + text));
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyTextThatIsTranslated() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String text : texts("input/LocalizedText.properties")) {
            if (!PARTS_OF_LINES.contains(shown(text)) && !document().contains(shown(text))) {
                missing.add(shown(text));
            }
        }
        for (String room : List.of("cdn", "config", "site", "steps")) {
            for (String text : texts(room + "/Messages.properties")) {
                String pattern = text.replaceAll("\\{\\d}", "…").replace("''", "'");
                boolean sentence = text.startsWith("Connected") || text.endsWith(".");
                if (sentence && !document().contains(pattern)) {
                    missing.add(pattern);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatIsNoMessageIsStillInTheCode() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            String code = files.filter(path -> path.toString().endsWith(".java"))
                    .map(Documents::read)
                    .map(TroubleshootingTest::shown)
                    .collect(Collectors.joining());
            NO_MESSAGES.forEach(text -> assertTrue(code.contains(text), text));
        }
    }

    private static String document() {
        return Documents.read(DOCUMENT);
    }

    private static String shown(String format) {
        return FORMAT.matcher(format.replace("%n", ""))
                .replaceAll("…")
                .replaceAll("…{2,}", "…")
                .strip();
    }

    private static List<String> texts(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(RESOURCES.resolve(file))) {
            properties.load(in);
        }
        return properties.values().stream().map(Object::toString).toList();
    }
}
