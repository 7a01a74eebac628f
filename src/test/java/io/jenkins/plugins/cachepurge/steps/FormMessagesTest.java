package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.BunnyProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.FastlyProvider;
import io.jenkins.plugins.cachepurge.cdn.KeyCdnProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Texts of the forms in a browser: errors, labels, and the list of CDNs. */
@ExtendWith(SharedJenkins.class)
class FormMessagesTest {

    private static final int MAX_WAIT_MILLIS = 10_000;

    /** Shows the form of something that does not exist yet. */
    @TestExtension
    public static final class NewForm extends StepFormsTest.FreshForm {}

    private static HtmlPage form(JenkinsRule.WebClient client, Class<?> type) throws Exception {
        return forms(client, List.of(type));
    }

    private static HtmlPage forms(JenkinsRule.WebClient client, List<? extends Class<?>> types) throws Exception {
        HtmlPage page = client.goTo(StepFormsTest.FreshForm.of(types));
        client.waitForBackgroundJavaScript(MAX_WAIT_MILLIS);
        return page;
    }

    private static List<String> errors(DomNode form) {
        return shown(form, "error");
    }

    private static List<String> shown(DomNode form, String kind) {
        return form.querySelectorAll(".validation-error-area ." + kind).stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    @Test
    void fieldShowsNoErrorBeforeItIsTouched(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        List<Descriptor<?>> all = new ArrayList<>(j.jenkins.getDescriptorList(CdnProvider.class));
        StepDescriptor.all().stream()
                .filter(each -> each.clazz.getPackage() == CdnPurgeStep.class.getPackage())
                .forEach(all::add);
        HtmlPage page = forms(client, all.stream().map(each -> each.clazz).toList());
        for (Descriptor<?> each : all) {
            assertEquals(List.of(), errors(page.getFormByName(each.clazz.getName())), each.getId());
        }
    }

    @Test
    void fieldLeftEmptyIsNoErrorAndSaysWhatTheFormOffers(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        HtmlPage page = forms(client, List.of(CdnPurgeStep.class, KeyCdnProvider.class));
        HtmlForm purge = page.getFormByName(CdnPurgeStep.class.getName());
        touch(purge, "_.lines");
        HtmlForm zone = page.getFormByName(KeyCdnProvider.class.getName());
        touch(zone, "_.zoneId");
        client.waitForBackgroundJavaScript(MAX_WAIT_MILLIS);
        assertEquals(List.of("Enter at least one value, or choose Everything."), shown(purge, "warning"));
        assertEquals(List.of("Required"), shown(zone, "warning"));
        assertEquals(List.of(), errors(page));
    }

    private static void touch(HtmlForm form, String field) {
        HtmlPage page = (HtmlPage) form.getPage();
        page.setFocusedElement(form.querySelector("[name='%s']".formatted(field)));
        page.setFocusedElement(null);
    }

    @Test
    void labelOfTheValuesFollowsTheType(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        HtmlPage page = form(client, CdnPurgeStep.class);
        HtmlTextArea lines = page.getElementByName("_.lines");
        assertEquals("Paths (one per line)", lines.getAttribute("aria-label"));
        HtmlSelect kind = page.getElementByName("_.kind");
        kind.setSelectedAttribute(kind.getOptionByValue("TAGS"), true);
        assertEquals("Tags (surrogate keys) (one per line)", lines.getAttribute("aria-label"));
        assertTrue(
                page.querySelector(".cache-purge-chosen .jenkins-form-label")
                        .getTextContent()
                        .startsWith("Tags (surrogate keys) (one per line)"),
                page::asXml);
    }

    @Test
    void cdnsAreSortedWithoutRegardToCase(JenkinsRule j) throws Exception {
        List<Class<?>> steps = List.of(CdnPurgeStep.class, CdnPurgeHistoryStep.class, CdnPurgeStatusStep.class);
        HtmlPage page = forms(j.createWebClient(), steps);
        for (Class<?> step : steps) {
            HtmlSelect cdns = page.getFormByName(step.getName()).querySelector("select.dropdownList");
            List<String> names =
                    cdns.getOptions().stream().map(HtmlOption::getText).toList();
            assertEquals(names.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList(), names);
            assertTrue(names.indexOf("bunny.net") < names.indexOf("Fastly"), names::toString);
            assertEquals(
                    "Scaleway Edge Services", cdns.getSelectedOptions().get(0).getText());
        }
    }

    @Test
    void connectionTestNamesFieldsAsTheFormDoes(JenkinsRule j) throws Exception {
        assertEquals("Zone ID: Required", tested(j, KeyCdnProvider.class, "", "en"));
        assertEquals("API key: Required", tested(j, KeyCdnProvider.class, "zoneId=1", "en"));
        assertEquals("API key: Required", tested(j, BunnyProvider.class, "pullZoneId=1", "en"));
        assertEquals("API token: Required", tested(j, FastlyProvider.class, "serviceId=SU1Z0isxPaozGVKXdv0eY", "en"));
        assertEquals(
                "API URL: must be an absolute URL, such as https://api.example.org, but was &#039;x&#039;",
                tested(j, KeyCdnProvider.class, "zoneId=1&apiUrl=x", "en"));
        assertEquals(
                "Secret key: Required",
                tested(j, ScalewayProvider.class, "pipelineId=00000000-0000-4000-8000-000000000000", "en"));
        assertEquals(
                "Workspace: must be a name, not a path, but was &#039;a/b&#039;",
                tested(j, BuddyClearCacheStep.class, "workspace=a%2Fb", "en"));
    }

    private static String tested(JenkinsRule j, Class<?> type, String fields, String language) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        Descriptor<?> descriptor = Jenkins.get().getDescriptorOrDie(cast(type));
        WebRequest request = new WebRequest(
                new URL(j.getURL(), "descriptorByName/%s/testConnection?%s".formatted(descriptor.getId(), fields)),
                HttpMethod.POST);
        request.setAdditionalHeader("Accept-Language", language);
        client.addCrumb(request);
        String response = client.loadWebResponse(request).getContentAsString();
        return Stream.of(response.split("<[^>]*>"))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElseThrow()
                .strip();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object object) {
        return (T) object;
    }
}
