package io.jenkins.plugins.cachepurge.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.Credentials;
import hudson.ExtensionList;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CdnCase;
import io.jenkins.plugins.cachepurge.cdn.CdnCases;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.security.csp.impl.CspConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** A site in the settings with a layer of each CDN, put in order with the mouse. */
@ExtendWith(SharedJenkins.class)
class SiteInBrowserTest {

    private static final String URL = "http://127.0.0.1:9";
    private static final String SITE = ".repeated-chunk[name='sites']";

    @Test
    void layersAreSavedInTheOrderOfTheForm(JenkinsRule j) throws Exception {
        ExtensionList.lookupSingleton(CspConfiguration.class).setEnforce(true);
        introduceCredentials();
        List<CdnCase> layers = CdnCases.all();
        try (Browser browser = Browser.start(j.getURL().toURI(), "en")) {
            browser.open("manage/configure");
            browser.clickText(".repeatable-add", "Add site");
            new CdnForm(browser, SITE).fill(Map.of("name", "www", "urls", "https://www.example.org"));
            for (CdnCase layer : layers) {
                browser.clickText(SITE + " .hetero-list-add", "Add layer");
                browser.clickText(
                        ".jenkins-dropdown__item", descriptor(j, layer).getDisplayName());
                form(browser, j, layer).fill(CdnForm.fields(layer, URL));
                form(browser, j, layer).assertNoErrors();
            }
            browser.assertAccessible(CdnForm.OURS);
            assertEquals(classes(j, layers), order(browser));
            drag(browser, layers.size() - 1, 0);
            List<CdnCase> dragged = rotated(layers);
            browser.await(() -> order(browser).equals(classes(j, dragged)), "dragged");
            save(browser);
            browser.open("manage/configure");
            browser.findShown(SITE);
            assertEquals(classes(j, dragged), order(browser));
            for (CdnCase layer : dragged) {
                form(browser, j, layer).assertFields(CdnForm.fields(layer, URL));
            }
            save(browser);
            browser.assertNoConsoleErrors();
        }
        assertEquals(
                classes(j, rotated(layers)),
                SitesConfiguration.get().getSites().get(0).getLayers().stream()
                        .map(layer -> layer.getDescriptor().getId())
                        .toList());
    }

    /** The last one comes first. */
    private static List<CdnCase> rotated(List<CdnCase> layers) {
        List<CdnCase> rotated = new ArrayList<>(layers);
        Collections.rotate(rotated, 1);
        return rotated;
    }

    /** One of each type: all have the same id. */
    private static void introduceCredentials() throws Exception {
        Set<Class<?>> types = new HashSet<>();
        for (CdnCase cdn : CdnCases.all()) {
            Credentials credentials = cdn.credentials().apply(URL).orElseThrow();
            if (types.add(credentials.getClass())) {
                SimulatedServices.add(credentials);
            }
        }
    }

    private static CdnForm form(Browser browser, JenkinsRule j, CdnCase layer) {
        return new CdnForm(browser, "%s [descriptorid='%s']".formatted(SITE, className(j, layer)));
    }

    private static List<String> order(Browser browser) {
        return browser.all(SITE + " [name='layers'][descriptorid]").stream()
                .map(layer -> layer.getDomAttribute("descriptorid"))
                .toList();
    }

    private static void drag(Browser browser, int from, int to) {
        List<WebElement> layers = browser.all(SITE + " [name='layers'][descriptorid]");
        // So small that both ends of the way are in the window.
        browser.script("document.body.style.zoom = 0.1");
        WebElement handle = layers.get(from).findElement(By.cssSelector(".dd-handle"));
        new Actions(browser.driver())
                .clickAndHold(handle)
                .moveByOffset(0, -5)
                .moveToElement(layers.get(to).findElement(By.cssSelector(".dd-handle")))
                .moveByOffset(0, -2)
                .release()
                .perform();
        browser.script("document.body.style.zoom = ''");
    }

    private static void save(Browser browser) {
        browser.clickText("button", "Save");
        browser.await(() -> !browser.driver().getCurrentUrl().endsWith("configure"), "saved");
    }

    private static List<String> classes(JenkinsRule j, List<CdnCase> layers) {
        return layers.stream().map(layer -> className(j, layer)).collect(Collectors.toList());
    }

    private static String className(JenkinsRule j, CdnCase layer) {
        return descriptor(j, layer).getId();
    }

    private static CdnProviderDescriptor descriptor(JenkinsRule j, CdnCase cdn) {
        return j.jenkins.getDescriptorList(CdnProvider.class).stream()
                .map(CdnProviderDescriptor.class::cast)
                .filter(descriptor -> descriptor.symbolName().equals(cdn.symbol()))
                .findFirst()
                .orElseThrow();
    }
}
