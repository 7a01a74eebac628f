package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.input.InputFieldTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyScheduledRun;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
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
        assertRefused("workspace: is missing", () -> BuddyPipelineRef.parse(null, "website", "2"));
        assertRefused(
                "workspace: must be a name, not a path, but was 'a/b'",
                () -> BuddyPipelineRef.parse("a/b", "website", "2"));
        assertRefused("project: is missing", () -> BuddyPipelineRef.parse("acme", "", "2"));
        assertRefused(
                "project: must be a name, not a path, but was '..'", () -> BuddyPipelineRef.parse("acme", "..", "2"));
        assertRefused(
                "pipelineId: must be a number of at least 1, but was '0'",
                () -> BuddyPipelineRef.parse("acme", "website", "0"));
        assertRefused("pipelineId: is missing", () -> BuddyPipelineRef.parse("acme", "website", null));
        assertRefused(
                "executionId: must be a number of at least 1, but was '-4'", () -> BuddyScheduledRun.executionId("-4"));
        assertRefused("executionId: is missing", () -> BuddyScheduledRun.executionId(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "orders", "my-pipeline_2", "A--b", " orders "})
    void felderaTakesItsOwnNames(String name) {
        assertEquals(name.trim(), FelderaStorageClear.pipelineName(name));
    }

    @Test
    void felderasNamesAreUpTo63Long() {
        String longest = "x".repeat(63);
        assertEquals(longest, FelderaStorageClear.pipelineName(longest));
        assertRefused(
                "pipeline: must be 1 to 63 letters, digits, - or _, and start and end with a letter or digit, but was '%s'"
                        .formatted(longest + "x"),
                () -> FelderaStorageClear.pipelineName(longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a-", "_a", "a_", "a b", "a/b", "../x", "ä", "a.b", "$NAME", "a?b"})
    void felderaTakesNoOthers(String name) {
        assertRefused(
                "pipeline: must be 1 to 63 letters, digits, - or _, and start and end with a letter or digit, but was '%s'"
                        .formatted(name),
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
        assertRefused("type: is missing", () -> GotipathPurge.pathType(""));
    }
}
