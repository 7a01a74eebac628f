package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.input.InputFieldTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyScheduledRun;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service's names and numbers must look like, by the names of the fields. */
class ServiceInputTest {

    @Test
    void buddyTakesNamesAndNumbers() {
        assertEquals(new BuddyPipelineRef("acme", "web site", 2), BuddyPipelineRef.parse(" acme", "web site", "2"));
        assertEquals(4, BuddyScheduledRun.executionId("4"));
    }

    @Test
    void buddyNamesTheFieldThatIsWrong() {
        assertRefused("workspace: is required", () -> BuddyPipelineRef.parse(null, "website", "2"));
        assertRefused(
                "workspace: must be a name, not a path, but was 'a/b'",
                () -> BuddyPipelineRef.parse("a/b", "website", "2"));
        assertRefused("project: is required", () -> BuddyPipelineRef.parse("acme", "", "2"));
        assertRefused(
                "project: must be a name, not a path, but was '..'", () -> BuddyPipelineRef.parse("acme", "..", "2"));
        assertRefused(
                "pipelineId: must be a number of at least 1, but was '0'",
                () -> BuddyPipelineRef.parse("acme", "website", "0"));
        assertRefused("pipelineId: is required", () -> BuddyPipelineRef.parse("acme", "website", null));
        assertRefused(
                "executionId: must be a number of at least 1, but was '-4'", () -> BuddyScheduledRun.executionId("-4"));
        assertRefused("executionId: is required", () -> BuddyScheduledRun.executionId(" "));
    }

    /** Names of 1 to 63 letters, digits, - and _ only since 2026; until then 100, and before 2024 any text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "9",
                "orders",
                "my-pipeline_2",
                "A--b",
                " orders ",
                "orders_",
                "_orders",
                "-a",
                "a-",
                "a b",
                "ä",
                "a.b",
                "a?b",
                "a#b",
                "50%",
                "%2e%2e",
                "a;b",
                "a\\b",
                "..."
            })
    void felderaTakesNamesOfAllItsVersions(String name) {
        assertEquals(name.trim(), FelderaStorageClear.pipelineName(name));
        HttpUrl url = new FelderaClient(ApiUrl.of("https://feldera.example.org"), null)
                .clear(name.trim())
                .request()
                .url();
        assertEquals(List.of("v0", "pipelines", name.trim(), "clear"), url.pathSegments());
        assertTrue(url.encodedPath().matches("/v0/pipelines/[-!-.0-~]+/clear"), url::toString);
    }

    @Test
    void felderasNamesMayBeLong() {
        String longest = "x".repeat(100);
        assertEquals(longest, FelderaStorageClear.pipelineName(longest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../x", "..", ".", "..;x"})
    void felderasNamesAreOneSegmentOfAPath(String name) {
        assertRefused(
                "pipeline: must be a name, not a path, but was '%s'".formatted(name),
                () -> FelderaStorageClear.pipelineName(name));
    }

    @Test
    void felderasTenantIsOptional() {
        assertNull(FelderaStorageClear.tenant(null));
        assertNull(FelderaStorageClear.tenant(" "));
        assertEquals("acme:1", FelderaStorageClear.tenant(" acme:1 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a😀"})
    void felderasTenantFitsIntoAHeader(String tenant) {
        assertRefused(
                "tenant: must be letters, digits and signs without spaces, but was '%s'".formatted(tenant),
                () -> FelderaStorageClear.tenant(tenant));
    }

    @Test
    void felderasTenantBringsNoOtherHeader() {
        assertRefused(
                "tenant: must not contain line breaks or control characters, but was 'a??X-Evil: 1'",
                () -> FelderaStorageClear.tenant("a\r\nX-Evil: 1"));
    }

    @ParameterizedTest
    @CsvSource({"all", "ALL", " All "})
    void gotipathsWordForEverythingIsNoWordForPaths(String type) {
        assertRefused(
                "type: '%s' would purge everything; set all: true instead".formatted(type.trim()),
                () -> GotipathPurge.pathType(type));
    }

    @Test
    void gotipathsWordForPathsIsFree() {
        assertEquals("path", GotipathPurge.pathType(" path "));
        assertRefused("type: is required", () -> GotipathPurge.pathType(""));
    }
}
