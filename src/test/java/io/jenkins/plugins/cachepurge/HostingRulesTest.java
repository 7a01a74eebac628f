package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the Jenkins project checks before it hosts a plugin, as far as files tell.
 *
 * @see <a href="https://www.jenkins.io/doc/developer/publishing/requesting-hosting/">Requesting hosting</a>
 */
class HostingRulesTest {

    private static final Pattern INLINE = Pattern.compile("<script(?! src=)|<style|\\bstyle=|\\son[a-z]+=\"");

    private final Element pom = pom();

    @Test
    void coordinates() {
        assertEquals("org.jenkins-ci.plugins:plugin", text("parent/groupId") + ":" + text("parent/artifactId"));
        assertEquals("io.jenkins.plugins", text("groupId"));
        String artifactId = text("artifactId");
        assertTrue(artifactId.matches("[a-z0-9-]{1,36}"), artifactId);
        assertFalse(artifactId.contains("jenkins") || artifactId.contains("plugin"), artifactId);
        assertEquals("hpi", text("packaging"));
        assertFalse(text("name").contains("Jenkins"), text("name"));
        assertFalse(text("description").isBlank());
        assertEquals(List.of(), children(pom, "developers"));
        assertEquals(List.of(), children(pom, "distributionManagement"));
    }

    @Test
    void sourceAndLicence() {
        assertEquals("https://github.com/jenkinsci/${project.artifactId}-plugin", text("url"));
        assertEquals("jenkinsci/${project.artifactId}-plugin", text("properties/gitHubRepo"));
        assertEquals("scm:git:https://github.com/${gitHubRepo}", text("scm/connection"));
        assertEquals("scm:git:https://github.com/${gitHubRepo}", text("scm/developerConnection"));
        assertEquals("https://github.com/${gitHubRepo}", text("scm/url"));
        assertEquals("${scmTag}", text("scm/tag"));
        assertTrue(text("licenses/license/name").startsWith("MIT"));
        assertTrue(text("licenses/license/url").startsWith("https://"));
        assertTrue(read("LICENSE").contains("Permission is hereby granted, free of charge"));
    }

    @Test
    void continuousDelivery() {
        assertEquals("${changelist}", text("version"));
        assertEquals("999999-SNAPSHOT", text("properties/changelist"));
        assertTrue(read(".mvn/extensions.xml").contains("<artifactId>git-changelist-maven-extension</artifactId>"));
        assertTrue(read(".mvn/maven.config").contains("-Dchangelist.format=%d.v%s"));
        assertTrue(read(".github/workflows/cd.yaml").contains("maven-cd.yml@v1"));
    }

    /** The plugin manager shows it. */
    @Test
    void descriptionNamesAllServices() throws IOException {
        String text = read("src/main/resources/index.jelly").replaceAll("\\s+", " ");
        Properties names = new Properties();
        try (Reader reader = Files.newBufferedReader(
                Path.of("src/main/resources/io/jenkins/plugins/cachepurge/cdn/Messages.properties"))) {
            names.load(reader);
        }
        Set<String> cdns = names.stringPropertyNames().stream()
                .filter(key -> key.endsWith("Provider.displayName"))
                .map(names::getProperty)
                .collect(Collectors.toSet());
        assertTrue(cdns.size() >= 12, cdns::toString);
        cdns.forEach(name -> assertTrue(text.contains(name), name));
        List.of("Buddy pipelines", "Feldera pipelines").forEach(name -> assertTrue(text.contains(name), name));
    }

    @ParameterizedTest
    @CsvSource({
        "hpi.strictBundledArtifacts, true",
        "ban-commons-lang-2.skip, false",
        "ban-deprecated-stapler.skip, false",
        "ban-junit4-imports.skip, false",
        "banObsoleteDependencyOverrides.skip, false",
        "spotless.check.skip, false"
    })
    void switches(String property, String value) {
        assertEquals(value, text("properties/" + property));
    }

    @Test
    void versionsComeFromTheBom() {
        Element bom = path("dependencyManagement/dependencies/dependency");
        assertEquals("io.jenkins.tools.bom:bom-${jenkins.baseline}.x", coordinates(bom));
        assertTrue(text("properties/jenkins.version").startsWith("${jenkins.baseline}."));
        for (Element dependency : dependencies()) {
            boolean ofTests = "test".equals(content(dependency, "scope"));
            assertTrue(
                    content(dependency, "version").isEmpty() || ofTests,
                    () -> coordinates(dependency) + " has a version of its own");
        }
    }

    @Test
    void librariesComeFromPlugins() {
        Set<String> plugins = Set.of("io.jenkins.plugins", "org.jenkins-ci.plugins", "org.jenkins-ci.plugins.workflow");
        dependencies().stream()
                .filter(dependency -> !"test".equals(content(dependency, "scope")))
                .forEach(dependency ->
                        assertTrue(plugins.contains(content(dependency, "groupId")), () -> coordinates(dependency)));
    }

    @Test
    void theBuildRunsOnBothSystemsAndTwoVersionsOfJava() {
        String jenkinsfile = read("Jenkinsfile");
        assertTrue(jenkinsfile.startsWith("buildPlugin("), jenkinsfile);
        for (String part : List.of("useContainerAgent: true", "'linux'", "'windows'", "jdk: 21", "jdk: 25")) {
            assertTrue(jenkinsfile.contains(part), part);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/dependabot.yml",
                ".github/workflows/jenkins-security-scan.yml",
                "README.md",
                "CONTRIBUTING.md",
                "src/main/resources/index.jelly"
            })
    void thereIs(String file) {
        assertFalse(read(file).isBlank());
    }

    @Test
    void owners() {
        assertEquals(
                "* @jenkinsci/cache-purge-plugin-developers",
                read(".github/CODEOWNERS").strip());
    }

    @Test
    void nothingThatIsBuiltIsKept() {
        assertTrue(read(".gitignore").lines().toList().containsAll(List.of("target", "work")));
    }

    @Test
    void viewsEscapeAndHoldNoScript() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            files.filter(file -> file.toString().endsWith(".jelly")).forEach(file -> {
                String view = read(file.toString());
                assertTrue(view.startsWith("<?jelly escape-by-default='true'?>"), file::toString);
                assertFalse(INLINE.matcher(view).find(), file::toString);
            });
        }
    }

    private List<Element> dependencies() {
        return children(path("dependencies"), "dependency");
    }

    private static String coordinates(Element dependency) {
        return content(dependency, "groupId") + ":" + content(dependency, "artifactId");
    }

    private String text(String path) {
        return path(path).getTextContent().strip();
    }

    private Element path(String path) {
        Element at = pom;
        for (String name : path.split("/")) {
            List<Element> found = children(at, name);
            assertFalse(found.isEmpty(), () -> "pom.xml has no " + path);
            at = found.get(0);
        }
        return at;
    }

    private static String content(Element element, String name) {
        return children(element, name).stream()
                .findFirst()
                .map(Node::getTextContent)
                .orElse("");
    }

    private static List<Element> children(Element element, String name) {
        return IntStream.range(0, element.getChildNodes().getLength())
                .mapToObj(element.getChildNodes()::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    private static Element pom() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("pom.xml").toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
