package io.jenkins.plugins.cachepurge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import okhttp3.HttpUrl;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** An administrator can lower or raise how many requests are sent to a URL at the same time. */
@ExtendWith(SharedJenkins.class)
class ConcurrencyLimitTest {

    @Test
    void mostExactLimitApplies(JenkinsRule j) {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        configuration.setConcurrency(List.of(
                new ConcurrencyLimit("https://api.example.org", 3),
                new ConcurrencyLimit("https://api.example.org/v4/", 9),
                new ConcurrencyLimit("http://cache.internal:6081", 1)));
        assertEquals(OptionalInt.of(3), maxConcurrent("https://api.example.org/v4x?x=y"));
        assertEquals(OptionalInt.of(9), maxConcurrent("https://api.example.org/v4/zones/1"));
        assertEquals(OptionalInt.of(1), maxConcurrent("http://cache.internal:6081/a%2Fb?c"));
        assertEquals(OptionalInt.empty(), maxConcurrent("http://cache.internal/"));
        assertEquals(OptionalInt.empty(), maxConcurrent("http://api.example.org/"));
        assertEquals(OptionalInt.empty(), maxConcurrent("https://api.example.org.evil.test/"));
    }

    private static OptionalInt maxConcurrent(String url) {
        return CachePurgeConfiguration.get().maxConcurrent(HttpUrl.get(url));
    }

    @Test
    void onlyUrlsAndNumbersInRangeAreAccepted() {
        assertThrows(InvalidInputException.class, () -> new ConcurrencyLimit("https://api.example.org", 0));
        assertThrows(InvalidInputException.class, () -> new ConcurrencyLimit("https://api.example.org", 65));
        assertThrows(InvalidInputException.class, () -> new ConcurrencyLimit("api.example.org", 1));
    }

    @Test
    void twoLimitsForOneUrlAreRefused(JenkinsRule j) throws Exception {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        ConcurrencyLimit three = new ConcurrencyLimit("https://api.fastly.com", 3);
        for (String same :
                List.of("https://api.fastly.com", "https://API.fastly.com:443/", "https://api.fastly.com//")) {
            InvalidInputException problem = assertThrows(
                    InvalidInputException.class,
                    () -> configuration.setConcurrency(List.of(three, new ConcurrencyLimit(same, 4))));
            assertEquals(
                    "url: there are two limits for 'https://api.fastly.com'; keep one of them", problem.getMessage());
        }
        assertEquals(List.of(), configuration.getConcurrency());
        configuration.setConcurrency(List.of(three, new ConcurrencyLimit("https://api.fastly.com/v2", 4)));

        HtmlForm form = j.createWebClient().goTo("manage/configure").getFormByName("config");
        form.getInputByValue("https://api.fastly.com/v2").setValue("https://api.fastly.com/");
        form.getTextAreaByName("_.allowedApiUrls").setText("https://new.example.org");
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));
        String page = refused.getResponse().getContentAsString();
        assertTrue(page.contains("URL: there are two limits for 'https://api.fastly.com'; keep one of them"), page);
        assertEquals(List.of(), configuration.getAllowedApiUrls(), "nothing is saved");
    }

    @Test
    void formKeepsLimits(JenkinsRule j) throws Exception {
        CachePurgeConfiguration.get()
                .setConcurrency(List.of(
                        new ConcurrencyLimit("https://api.example.org", 3),
                        new ConcurrencyLimit("https://other.example.org", 64)));
        JenkinsRule.WebClient client = j.createWebClient();
        submitUnchanged(j, client);
        assertEquals(
                List.of("https://api.example.org 3", "https://other.example.org 64"),
                CachePurgeConfiguration.get().getConcurrency().stream()
                        .map(limit -> limit.getUrl() + " " + limit.getMaxConcurrent())
                        .toList());
        CachePurgeConfiguration.get().setConcurrency(List.of());
        submitUnchanged(j, client);
        assertEquals(List.of(), CachePurgeConfiguration.get().getConcurrency());
    }

    private static void submitUnchanged(JenkinsRule j, JenkinsRule.WebClient client) throws Exception {
        j.submit(client.goTo("manage/configure").getFormByName("config"));
    }

    @Test
    void limitHoldsForABuild(JenkinsRule j) throws Exception {
        try (SimulatedServices services = new SimulatedServices()) {
            services.introduce();
            CachePurgeConfiguration.get().setConcurrency(List.of(new ConcurrencyLimit(services.scalewayUrl(), 2)));
            services.scalewayWire.failEvery(request -> true, UsualFaults.stall());
            WorkflowRun run =
                    new PipelineJobs(j, services).start("cdnPurge cdn: SCW, paths: (1..100).collect { \"/${it}\" }");
            j.waitForMessage("Asking Scaleway", run);
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            assertEquals(2, services.scalewayWire.requests().size());
            run.doStop();
            j.waitForCompletion(run);
        }
    }
}
