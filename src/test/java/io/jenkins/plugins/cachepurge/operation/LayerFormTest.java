package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.LayerForm;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form that each layer of a site takes of what is asked of the site. */
class LayerFormTest {

    private static final SiteHosts HOSTS =
            SiteHosts.of(List.of("https://www.example.org", "http://m.example.org:8080/"));

    /** Paths for all of its hosts, such as Scaleway or Buddy. */
    private static final LayerForm BY_PATH =
            new LayerForm(PurgeCapabilities.of(SelectionType.PATHS, SelectionType.PREFIXES, SelectionType.ALL), true);

    /** URLs, tags, prefixes with host, hosts, such as Cloudflare. */
    private static final LayerForm BY_URL = new LayerForm(
            PurgeCapabilities.of(
                    SelectionType.URLS,
                    SelectionType.TAGS,
                    SelectionType.PREFIXES,
                    SelectionType.HOSTS,
                    SelectionType.ALL),
            true);

    /** Pages of any host, such as Varnish. */
    private static final LayerForm CACHE = new LayerForm(
            PurgeCapabilities.of(SelectionType.PATHS, SelectionType.URLS, SelectionType.PREFIXES, SelectionType.ALL),
            false);

    /** The same with the host that its pages have. */
    private static final LayerForm CACHE_OF_ONE_HOST = new LayerForm(CACHE.capabilities(), true);

    /** Single pages only, such as Squid. */
    private static final LayerForm SINGLE_PAGES =
            new LayerForm(PurgeCapabilities.of(SelectionType.PATHS, SelectionType.URLS), false);

    private static LayerForm form(String name) {
        return switch (name) {
            case "by path" -> BY_PATH;
            case "by url" -> BY_URL;
            case "cache" -> CACHE;
            case "cache of one host" -> CACHE_OF_ONE_HOST;
            case "single pages" -> SINGLE_PAGES;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    by path           | paths    | /a                     | paths /a
                    by url            | paths    | /a?b=1                 | urls https://www.example.org/a?b=1 http://m.example.org:8080/a?b=1
                    cache             | paths    | /a                     | urls https://www.example.org/a http://m.example.org:8080/a
                    cache of one host | paths    | /a                     | paths /a
                    single pages      | paths    | /a                     | urls https://www.example.org/a http://m.example.org:8080/a
                    by path           | urls     | https://www.example.org/a | paths /a
                    by url            | urls     | http://www.example.org/a  | urls http://www.example.org/a
                    cache             | urls     | https://www.example.org/a | urls https://www.example.org/a
                    cache of one host | urls     | https://www.example.org/a | paths /a
                    by path           | prefixes | /blog/                 | prefixes /blog/
                    by url            | prefixes | /blog/                 | prefixes www.example.org/blog/ m.example.org:8080/blog/
                    cache             | prefixes | /blog/                 | prefixes www.example.org/blog/ m.example.org:8080/blog/
                    by path           | prefixes | www.example.org/blog/  | prefixes /blog/
                    by url            | prefixes | https://www.example.org/blog/ | prefixes www.example.org/blog/
                    cache             | prefixes | www.example.org        | prefixes www.example.org/
                    single pages      | prefixes | /blog/                 | none
                    by url            | tags     | news                   | tags news
                    by path           | tags     | news                   | none
                    by url            | hosts    | www.example.org        | hosts www.example.org
                    cache             | hosts    | m.example.org          | prefixes m.example.org:8080/
                    by path           | hosts    | www.example.org        | none
                    by path           | hosts    | www.example.org m.example.org | all
                    single pages      | hosts    | www.example.org        | none
                    by path           | all      |                        | all
                    by url            | all      |                        | all
                    cache             | all      |                        | prefixes www.example.org/ m.example.org:8080/
                    cache of one host | all      |                        | all
                    single pages      | all      |                        | none
                    """)
    void selectionIsPutIntoTheFormOfTheLayer(String layer, SelectionTypeName type, String values, String expected) {
        List<String> list = values == null ? List.of() : List.of(values.split(" "));
        String adapted = form(layer)
                .adapt(HOSTS, new PurgeSelection(type.type(), list))
                .map(selection -> Stream.concat(Stream.of(selection.type().parameter()), selection.values().stream())
                        .collect(Collectors.joining(" ")))
                .orElse("none");
        assertEquals(expected, adapted);
    }

    /** As in a Jenkinsfile. */
    enum SelectionTypeName {
        paths,
        urls,
        tags,
        prefixes,
        hosts,
        all;

        SelectionType type() {
            return SelectionType.valueOf(name().toUpperCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "URLS, https://www.example.com/a",
        "URLS, https://www.example.org:8443/a",
        "URLS, https://m.example.org/a",
        "PREFIXES, www.example.com/blog/",
        "PREFIXES, https://example.org/blog/",
        "HOSTS, example.org"
    })
    void otherHostsAreRefused(SelectionType type, String value) {
        InvalidInputException problem = assertThrows(
                InvalidInputException.class, () -> HOSTS.check("www", new PurgeSelection(type, List.of(value))));
        assertTrue(problem.getMessage().startsWith(type.parameter() + ": '" + value + "' is not of the site www"));
        assertTrue(problem.getMessage().contains("www.example.org, m.example.org"), problem.getMessage());
    }

    @Test
    void ownHostsArePartOfTheSite() {
        HOSTS.check("www", new PurgeSelection(SelectionType.URLS, List.of("http://WWW.example.org/a")));
        HOSTS.check("www", new PurgeSelection(SelectionType.PREFIXES, List.of("/a", "m.example.org:8080/b")));
        HOSTS.check("www", new PurgeSelection(SelectionType.HOSTS, List.of("m.example.org")));
        HOSTS.check("www", PurgeSelection.all());
        assertTrue(HOSTS.contains(PageUrl.of("http://m.example.org:8080/x").orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.org",
                "https://www.example.org/shop",
                "https://www.example.org/?a",
                "ftp://www.example.org",
                "https://user:secret@www.example.org",
                ""
            })
    void addressOfASiteHasNoPath(String url) {
        InvalidInputException problem =
                assertThrows(InvalidInputException.class, () -> SiteHosts.of(List.of("https://a.example.org", url)));
        assertTrue(problem.getMessage().startsWith("urls: must be the URL of a site without a path"));
        assertTrue(!problem.getMessage().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://*.example.org", "*.example.org", "https://www.example.org/*"})
    void addressOfASiteHasNoStar(String url) {
        InvalidInputException problem =
                assertThrows(InvalidInputException.class, () -> SiteHosts.of(List.of("https://a.example.org", url)));
        assertEquals(
                "urls: must not contain *; a URL includes those below it, and each host needs one of its own, but was '%s'"
                        .formatted(url),
                problem.getMessage());
    }

    @Test
    void siteNeedsAnAddress() {
        assertEquals(
                "urls: is required",
                assertThrows(InvalidInputException.class, () -> SiteHosts.of(List.of()))
                        .getMessage());
    }
}
