package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every text of the user interface is in a file that can be translated, is used, and is there in German. */
class TranslationTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path LOCALIZED_TEXT =
            RESOURCES.resolve("io/jenkins/plugins/cachepurge/input").resolve("LocalizedText.properties");

    /** The update center takes it for text as it is, and knows no translations of it. */
    private static final Path PLUGIN_DESCRIPTION = RESOURCES.resolve("index.jelly");

    /** Names and technical words, which are the same in both languages. */
    private static final Set<String> SAME = Set.of(
            "Account switch key",
            "Akamai",
            "Amazon CloudFront",
            "Azure Front Door",
            "Apache Traffic Server",
            "Build",
            "CDN",
            "Cache Purge",
            "Cloudflare",
            "Fastly",
            "Gcore CDN",
            "Google Cloud CDN",
            "Gotipath CDN",
            "Hosts",
            "KeyCDN",
            "bunny.net",
            "NGINX Plus",
            "Pipeline",
            "Scaleway Edge Services",
            "Squid",
            "Staging",
            "Token",
            "URL",
            "URL %d",
            "URL %s",
            "URLs",
            "Varnish",
            "Workspace",
            "nginx",
            "%,d URLs",
            "%d %s",
            "%s %s",
            "%s (%s)",
            "%s, %s",
            "%s. %s",
            "%s: %s",
            "%s: %s (%.1f s, %s)",
            "{0} {1}");

    /** As in java.util.Formatter: an index, and the kind. */
    private static final Pattern FORMATTER = Pattern.compile("%(?:(\\d+)\\$)?([^%n])");

    private static final Pattern MESSAGE_FORMAT = Pattern.compile("\\{(\\d+[^}]*)}");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern JELLY_KEY = Pattern.compile("\\$\\{%([^}(]+)(?:\\([^}]*\\))?}");

    /** Website, Ursprungsserver, Zeitlimit, das Token, Secret text, Secret file, Benutzername und Passwort. */
    private static final Pattern OTHER_GERMAN_NAMES =
            Pattern.compile("\\bSites?\\b|Origin-Server|vom Ursprung\\b|Timeout"
                    + "|\\b(?:der|den|einen) (?:\\S+-)?Token\\b|Token, der\\b|Personal Access Token"
                    + "|[Gg]eheime[nrs]? (?:Text|Datei)|Username with password");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern LOCALIZED_TEXT_KEY = Pattern.compile(
            "(?:LocalizedText\\.of\\(|joined\\(|invalid\\(|matching\\(\\w+, |[A-Z_]+\\((?=\"(?:apiUrl|kind\\.)))\\s*\"([^\"]+)\"");
    private static final Pattern MESSAGE = Pattern.compile("\\bMessages\\s*\\.\\s*_?(\\w+)\\(");

    /** Attributes that people read. */
    private static final Set<String> READ = Set.of(
            "title",
            "label",
            "progress",
            "placeholder",
            "description",
            "tooltip",
            "caption",
            "header",
            "alt",
            "summary",
            "data-label",
            "aria-label");

    static Stream<Path> englishProperties() {
        return filesOf(RESOURCES, ".properties").filter(TranslationTest::english);
    }

    static Stream<Path> englishHelp() {
        return filesOf(RESOURCES, ".html").filter(TranslationTest::english);
    }

    static Stream<Path> jelly() {
        return filesOf(RESOURCES, ".jelly");
    }

    static Stream<Path> jellyWithTexts() {
        return jelly().filter(file -> !file.equals(PLUGIN_DESCRIPTION));
    }

    @Test
    void thereIsSomethingToTranslate() {
        assertTrue(englishProperties().count() > 15);
        assertTrue(englishHelp().count() > 30);
        assertTrue(jellyWithTexts().count() > 15);
    }

    @Test
    void everyGermanFileTranslatesAnEnglishOne() {
        Stream.of(".properties", ".html")
                .flatMap(type -> filesOf(RESOURCES, type))
                .filter(file -> !english(file))
                .forEach(german -> {
                    Path original = german.resolveSibling(
                            german.getFileName().toString().replace("_de.", "."));
                    assertTrue(Files.exists(original), original::toString);
                });
    }

    @ParameterizedTest
    @MethodSource("englishProperties")
    void everyTextIsThereInGerman(Path file) {
        Map<String, String> english = properties(file);
        Map<String, String> german = properties(german(file));
        assertEquals(english.keySet(), german.keySet());
        english.forEach((key, text) -> {
            assertFalse(text.isBlank(), key);
            assertFalse(german.get(key).isBlank(), key);
            if (!SAME.contains(text)) {
                assertNotEquals(text, german.get(key), key);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("englishProperties")
    void bothLanguagesTakeTheSameArguments(Path file) {
        Map<String, String> german = properties(german(file));
        properties(file)
                .forEach((key, text) ->
                        assertEquals(arguments(file, text), arguments(file, german.getOrDefault(key, "")), key));
    }

    /** Jelly and Messages use MessageFormat for all texts, where a single quote begins a quotation. */
    @ParameterizedTest
    @MethodSource("englishProperties")
    void quotesAreDoubledForMessageFormat(Path file) {
        if (!file.equals(LOCALIZED_TEXT)) {
            Stream.of(file, german(file))
                    .forEach(each -> properties(each)
                            .forEach((key, text) ->
                                    assertFalse(text.replace("''", "").contains("'"), each + ": " + key)));
        }
    }

    @ParameterizedTest
    @MethodSource("englishProperties")
    void propertiesAreAscii(Path file) {
        Stream.of(file, german(file))
                .forEach(each -> assertTrue(read(each).chars().allMatch(c -> c < 128), each.toString()));
    }

    @ParameterizedTest
    @MethodSource("englishHelp")
    void everyHelpIsThereInGermanWithTheSameExamples(Path file) {
        Document english = xml(file);
        Document german = xml(german(file));
        assertNotEquals(
                english.getDocumentElement().getTextContent(),
                german.getDocumentElement().getTextContent());
        assertEquals(elements(english), elements(german));
    }

    /** Kinds of credentials are named as in the German list of Jenkins, which has translated only some of them. */
    @Test
    void aThingHasOneNameInGerman() {
        List<String> found = new ArrayList<>();
        Stream.of(".properties", ".html")
                .flatMap(type -> filesOf(RESOURCES, type))
                .filter(file -> !english(file))
                .forEach(file -> texts(file)
                        .filter(text -> OTHER_GERMAN_NAMES.matcher(text).find())
                        .forEach(text -> found.add(file + ": " + text)));
        assertEquals(List.of(), found);
    }

    private static Stream<String> texts(Path file) {
        return file.toString().endsWith(".html")
                ? Stream.of(xml(file).getDocumentElement().getTextContent())
                : properties(file).values().stream();
    }

    /** Names of the elements, with what is in those that are the same in each language. */
    private static List<String> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .map(element -> switch (element.getTagName()) {
                    case "code", "pre" -> element.getTagName() + " " + element.getTextContent();
                    case "a" -> "a " + element.getAttribute("href");
                    default -> element.getTagName();
                })
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jellyWithTexts")
    void noTextIsHardWired(Path file) {
        List<String> found = new ArrayList<>();
        collectHardWired(xml(file).getDocumentElement(), found);
        assertEquals(List.of(), found);
    }

    private static void collectHardWired(Node node, List<String> found) {
        switch (node.getNodeType()) {
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> addHardWired(node.getNodeValue(), found);
            case Node.ELEMENT_NODE -> {
                IntStream.range(0, node.getAttributes().getLength())
                        .mapToObj(node.getAttributes()::item)
                        .filter(attribute -> READ.contains(attribute.getNodeName()))
                        .forEach(attribute -> addHardWired(attribute.getNodeValue(), found));
                NodeList children = node.getChildNodes();
                IntStream.range(0, children.getLength()).forEach(i -> collectHardWired(children.item(i), found));
            }
            default -> {}
        }
    }

    private static void addHardWired(String text, List<String> found) {
        if (LETTER.matcher(EXPRESSION.matcher(text).replaceAll("")).find()) {
            found.add(text.strip());
        }
    }

    @ParameterizedTest
    @MethodSource("jelly")
    void aJellyFileUsesTheTextsBesideIt(Path file) {
        Path texts = file.resolveSibling(file.getFileName().toString().replace(".jelly", ".properties"));
        Set<String> used = all(JELLY_KEY, read(file));
        assertEquals(used, Files.exists(texts) ? properties(texts).keySet() : Set.of());
    }

    @ParameterizedTest
    @MethodSource("englishProperties")
    void everyTextIsUsed(Path file) {
        Set<String> used =
                switch (file.getFileName().toString()) {
                    case "Messages.properties" -> messages(file);
                    case "LocalizedText.properties" -> withVariantsForForms(used(LOCALIZED_TEXT_KEY, SOURCES), file);
                    // Compared with the keys by aJellyFileUsesTheTextsBesideIt.
                    default -> {
                        Path jelly = file.resolveSibling(
                                file.getFileName().toString().replace(".properties", ".jelly"));
                        assertTrue(Files.exists(jelly), jelly::toString);
                        yield properties(file).keySet();
                    }
                };
        assertEquals(used, properties(file).keySet());
    }

    /** A text that differs in forms has a second key, which the code derives from the first one. */
    private static Set<String> withVariantsForForms(Set<String> keys, Path file) {
        Set<String> all = new HashSet<>(keys);
        keys.stream()
                .map(key -> key + ".form")
                .filter(properties(file)::containsKey)
                .forEach(all::add);
        return all;
    }

    /** The keys of a package's Messages that it and the other packages use. */
    private static Set<String> messages(Path file) {
        Path directory = SOURCES.resolve(RESOURCES.relativize(file.getParent()));
        String name = SOURCES.relativize(directory).toString().replace('/', '.') + ".Messages;";
        Set<String> used = new TreeSet<>();
        filesOf(SOURCES, ".java").forEach(java -> {
            String code = read(java);
            if (code.contains(".Messages;")
                    ? code.contains("import " + name)
                    : java.getParent().equals(directory)) {
                all(MESSAGE, code).forEach(key -> used.add(key.replace('_', '.')));
            }
        });
        return used;
    }

    private static Set<String> used(Pattern pattern, Path folder) {
        Set<String> used = new TreeSet<>();
        filesOf(folder, ".java").forEach(java -> used.addAll(all(pattern, read(java))));
        return used;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return new TreeSet<>(
                pattern.matcher(text).results().map(found -> found.group(1)).toList());
    }

    /** The arguments of a text; each says its position. */
    private static Set<String> arguments(Path file, String text) {
        if (!file.equals(LOCALIZED_TEXT)) {
            return all(MESSAGE_FORMAT, text);
        }
        Set<String> arguments = new HashSet<>();
        Matcher found = FORMATTER.matcher(text);
        for (int next = 1; found.find(); ) {
            String index = found.group(1) == null ? Integer.toString(next++) : found.group(1);
            arguments.add(index + found.group(2));
        }
        return arguments;
    }

    private static boolean english(Path file) {
        return !file.getFileName().toString().contains("_");
    }

    private static Path german(Path english) {
        String name = english.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return english.resolveSibling(name.substring(0, dot) + "_de" + name.substring(dot));
    }

    private static Map<String, String> properties(Path file) {
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        read.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    private static Document xml(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(read(file))));
        } catch (Exception e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> filesOf(Path folder, String type) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(type)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
