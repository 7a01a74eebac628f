package io.jenkins.plugins.cachepurge.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CloudflareProvider;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.steps.BuddyClearCacheStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.CdnVerifyStep;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An emptied field for a number stands for the default, and never for 0. */
@WithJenkins
class EmptiedFieldsTest {

    private static final String ID = "11111111-1111-4111-8111-111111111111";

    private JenkinsRule j;
    private FreeStyleProject job;

    @BeforeEach
    void create(JenkinsRule rule) throws Exception {
        j = rule;
        job = j.createFreeStyleProject();
    }

    private void addPurge(CdnProvider cdn, ChangedFiles changes) {
        CdnPurgeStep step = new CdnPurgeStep(cdn);
        step.setChanges(changes);
        step.setVerifyAtMost(77);
        step.setTimeout(77);
        job.getBuildersList().add(new CdnPurgeBuilder(step));
    }

    private <T extends Builder> T builder(int index, Class<T> type) {
        return type.cast(job.getBuildersList().get(index));
    }

    private CdnPurgeStep purge(int index) {
        return builder(index, CdnPurgeBuilder.class).getStep();
    }

    private static List<HtmlInput> numbersOfThisTest(HtmlForm form) {
        return form.getByXPath(".//input[@type='number']").stream()
                .map(HtmlInput.class::cast)
                .filter(input -> input.getValue().endsWith("77"))
                .toList();
    }

    @Test
    void anEmptiedNumberIsTheDefault() throws Exception {
        ScalewayProvider scaleway = new ScalewayProvider("none", ID);
        scaleway.setPathsPerRequest(77);
        ChangedFiles changes = new ChangedFiles("public");
        changes.setFoldAbove(77);
        addPurge(scaleway, changes);
        GotipathProvider gotipath = new GotipathProvider("none", ID);
        gotipath.setPathsPerRequest(77);
        addPurge(gotipath, null);
        CloudflareProvider cloudflare = new CloudflareProvider("none", "0123456789abcdef0123456789abcdef");
        cloudflare.setUrlsPerRequest(77);
        addPurge(cloudflare, null);
        CdnVerifyStep verify = new CdnVerifyStep();
        verify.setTimes(77);
        verify.setStatus(477);
        verify.setTimeout(77);
        job.getBuildersList().add(new CdnVerifyBuilder(verify));
        BuddyClearCacheStep buddy = new BuddyClearCacheStep("none", "acme", "website", 1);
        buddy.setTimeout(77);
        job.getBuildersList().add(new BuddyClearCacheBuilder(buddy));
        emptyAndSave();

        assertEquals(5, ((ScalewayProvider) purge(0).getCdn()).getPathsPerRequest());
        assertEquals(100, purge(0).getChanges().getFoldAbove());
        assertEquals(100, ((GotipathProvider) purge(1).getCdn()).getPathsPerRequest());
        assertEquals(100, ((CloudflareProvider) purge(2).getCdn()).getUrlsPerRequest());
        for (int i = 0; i < 3; i++) {
            assertNull(purge(i).getTimeout());
            assertEquals(20, purge(i).getVerifyAtMost());
        }
        CdnVerifyStep verified = builder(3, CdnVerifyBuilder.class).getStep();
        assertEquals(2, verified.getTimes());
        assertEquals(200, verified.getStatus());
        assertEquals(300, verified.timeoutSeconds());
        assertEquals(
                new BuddyClearCacheStep("none", "acme", "website", 1).timeoutSeconds(),
                builder(4, BuddyClearCacheBuilder.class).getStep().timeoutSeconds());
    }

    private void emptyAndSave() throws Exception {
        HtmlForm form = j.createWebClient().getPage(job, "configure").getFormByName("config");
        List<HtmlInput> numbers = numbersOfThisTest(form);
        // 3 CDNs, 3 timeouts, 3 numbers of pages, the changed files, 3 of the verification and 1 timeout.
        assertEquals(14, numbers.size(), numbers.toString());
        numbers.forEach(input -> input.setValue(""));
        j.submit(form);
    }
}
