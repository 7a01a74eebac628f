package io.jenkins.plugins.cachepurge.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cachepurge.cdn.CdnCase;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Fields of a CDN in some form. */
final class CdnForm {

    private static final Pattern PARAMETER = Pattern.compile("(\\w+): (?:'([^']*)'|\\[?(\\d+)\\]?)");

    /** What a form of the plugin has beside the elements of Jenkins: its fields. */
    static final String OURS = ":has(> .cache-purge-labels)";

    private final Browser browser;
    private final String root;

    /** @param root selector of what the form is in; only what is displayed there counts */
    CdnForm(Browser browser, String root) {
        this.browser = browser;
        this.root = root + " ";
    }

    /** The values of its fields, by name. A cache's form has a text with all its URLs. */
    static Map<String, String> fields(CdnCase cdn, String url) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher parameters = PARAMETER.matcher(cdn.parameters().replace("URL", url));
        while (parameters.find()) {
            fields.put(
                    parameters.group(1),
                    Optional.ofNullable(parameters.group(2)).orElse(parameters.group(3)));
        }
        if (!cdn.address().isEmpty()) {
            fields.put(cdn.address().equals("url") ? "urls" : cdn.address(), url + cdn.root());
        }
        return fields;
    }

    /** Chooses a step in the snippet generator. */
    void pickStep(String function) {
        WebElement list = browser.findShown(root + "select.dropdownList");
        option(list, "each.text.startsWith(arguments[1] + ':')", function).click();
    }

    /** Chooses a CDN in the list. */
    void choose(String displayName) {
        WebElement list = browser.await(
                () -> browser.shown(root + "select.dropdownList").stream()
                        .filter(each -> each.getText().contains("Cloudflare"))
                        .findFirst(),
                "the list of CDNs");
        pick(list, displayName);
    }

    private void pick(WebElement list, String text) {
        WebElement option = option(list, "each.text.trim() === arguments[1] || each.value === arguments[1]", text);
        browser.center(list);
        option.click();
    }

    /** @param condition in JavaScript, in which {@code arguments[1]} is the text */
    private WebElement option(WebElement list, String condition, String text) {
        return browser.await(
                () -> Optional.ofNullable((WebElement) browser.script(
                        "return [...arguments[0].options].find((each) => %s)".formatted(condition), list, text)),
                text);
    }

    /** Fills in its fields, those below "Advanced", too. */
    void fill(Map<String, String> fields) {
        fields.forEach(this::fill);
    }

    private void fill(String name, String value) {
        WebElement field = field(name);
        if (field.getTagName().equals("select")) {
            pick(field, value);
            return;
        }
        browser.click(field);
        field.clear();
        field.sendKeys(value, Keys.TAB);
    }

    private WebElement field(String name) {
        return browser.await(
                () -> {
                    Optional<WebElement> shown = browser.shown(root + "[name='_." + name + "']").stream()
                            .findFirst();
                    if (shown.isEmpty()) {
                        expand();
                    }
                    return shown;
                },
                name);
    }

    /** Opens what is below "Advanced". */
    private void expand() {
        browser.shown(root + ".advanced-button").forEach(browser::click);
    }

    /** Chooses what is purged. */
    void select(SelectionType kind, String lines) {
        pick(field("kind"), kind.name());
        if (kind != SelectionType.ALL) {
            fill("lines", lines);
        }
    }

    /** Fails where the fields have other values. */
    void assertFields(Map<String, String> fields) {
        Map<String, String> shown = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            WebElement field = field(name);
            // A list of ids is filled a moment after the form.
            browser.await(() -> !field.getDomProperty("value").isEmpty(), name);
            shown.put(name, field.getDomProperty("value"));
        });
        assertEquals(fields, shown);
    }

    /** Fails if a check of a field complains. */
    void assertNoErrors() {
        errors().forEach(error -> assertEquals("", error));
    }

    /** Waits until a check of a field complains with a text. */
    void awaitError(String text) {
        browser.await(() -> errors().filter(error -> error.contains(text)).findFirst(), text);
    }

    /** Waits until no check of a field complains with a text. */
    void awaitNoErrorWith(String text) {
        browser.await(() -> errors().noneMatch(error -> error.contains(text)), "no error with " + text);
    }

    private Stream<String> errors() {
        return browser.shown(root + ".validation-error-area .error").stream().map(WebElement::getText);
    }

    /** Presses "Test connection" if there is such a button, and fails if that does. */
    void testConnection() {
        Optional<WebElement> button =
                browser.shown(root + ".validate-button").stream().findFirst();
        if (button.isEmpty()) {
            return;
        }
        browser.click(button.get());
        WebElement status = browser.await(
                () ->
                        browser
                                .all(root + ".jenkins-validate-button__container__status :is(.ok, .warning, .error)")
                                .stream()
                                .filter(each -> !each.getText().isBlank())
                                .findFirst(),
                "the result of the test");
        assertFalse(status.getDomAttribute("class").contains("error"), status.getText());
    }
}
