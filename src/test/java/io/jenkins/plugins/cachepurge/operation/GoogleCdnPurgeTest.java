package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.google.GoogleTokens;
import io.jenkins.plugins.cachepurge.client.google.ServiceAccountKey;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.google.GoogleCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class GoogleCdnPurgeTest {

    private static final String EMAIL = "purge@acme-web.iam.gserviceaccount.com";

    @Parameter
    private DriverKind kind;

    @Test
    void waitsUntilTheOperationIsDone() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        PurgeResult result = fixture.harness
                .run(GoogleCdnFixture.purge(GoogleCdnFixture.paths(1)))
                .succeeded();
        assertEquals(
                "{provider=googleCdn, target=web-map, status=DONE, what=paths, count=1, requests=[{id=operation-1700000000000, status=DONE, count=1}]}",
                result.toPipelineValue().toString());
        List<String> console = fixture.harness.console();
        assertEquals("Asking Google Cloud CDN to purge path /0 of URL map web-map", console.get(0));
        assertEquals("Google Cloud CDN purge of URL map web-map is PENDING", console.get(1));
        assertEquals("Google Cloud CDN purge of URL map web-map is RUNNING", console.get(2));
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(13)) < 0, fixture.time.passed()::toString);
    }

    @Test
    void eachSelectionIsARule() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        Map<SelectionType, List<String>> selections = Map.of(
                SelectionType.PATHS, List.of("/größe.html"),
                SelectionType.PREFIXES, List.of("/", "/blog/", "www.example.org/shop/"),
                SelectionType.HOSTS, List.of("static.example.org"),
                SelectionType.TAGS, FastlyFixture.numbered("t", 12));
        for (SelectionType type : new SelectionType[] {
            SelectionType.PATHS, SelectionType.PREFIXES, SelectionType.HOSTS, SelectionType.TAGS
        }) {
            PurgeSelection what = new PurgeSelection(type, selections.get(type));
            fixture.harness
                    .run(GoogleCdnFixture.purge(what, new PurgeOptions(false, false, "e" + type)))
                    .succeeded();
        }
        fixture.harness.run(GoogleCdnFixture.purgeAll()).succeeded();
        assertEquals(
                List.of(
                        "/gr%C3%B6%C3%9Fe.html",
                        "/*",
                        "/blog/*",
                        "www.example.org/shop/*",
                        "static.example.org/*",
                        "[t0, t1, t2, t3, t4, t5, t6, t7, t8, t9]",
                        "[t10, t11]",
                        "/*"),
                fixture.submitted());
    }

    @Test
    void doneIsNotSuccess() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.google.fail("The resource is not ready");
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.FAILED);
        assertEquals(
                "Google Cloud CDN was asked to purge everything of URL map web-map and ended the operation operation-1700000000000 with the status DONE: RESOURCE_NOT_READY The resource is not ready. Check project and urlMap, and purge again.",
                problem.getMessage());
    }

    @Test
    void aNewStatusIsNeitherSuccessNorEnd() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> request.path().contains("/operations/"),
                        (request, service) ->
                                SimResponse.json(200, Map.of("name", "operation-1700000000000", "status", "PAUSED")));
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage().contains("is PAUSED (a status this plugin does not know)"), problem.getMessage());
    }

    /** Google would not run it twice, since the id of the request is the same. */
    @Test
    void aLostAnswerStartsNoSecondInvalidation() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.harness
                .service()
                .failNext(request -> request.path().endsWith("invalidateCache"), UsualFaults.actThenCut());
        fixture.harness.run(GoogleCdnFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.submitted().size());
    }

    @Test
    void aRestartStartsNoSecondInvalidation() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        PreparedCase<PurgeResult> prepared = new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GoogleCdnFixture.purge(GoogleCdnFixture.paths(3)),
                () -> fixture.submitted().size());
        int[] boundaries = {0};
        prepared.onEachEvent(() -> {
            if (fixture.submitted().size() == 3 && boundaries[0]++ == 0) {
                throw new SimulatedCrash();
            }
        });
        assertThrows(SimulatedCrash.class, prepared::run);
        prepared.resume(Duration.ofMinutes(1)).succeeded();
        assertEquals(
                List.of("/0", "/1", "/2"), fixture.submitted().stream().sorted().toList());
    }

    @Test
    void manyPathsKeepToTheLimitOfAMinute() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        PurgeResult result = fixture.harness
                .run(GoogleCdnFixture.purge(GoogleCdnFixture.paths(1200)), Duration.ofMinutes(30))
                .succeeded();
        assertEquals(1200, fixture.submitted().size());
        assertEquals(
                0,
                fixture.harness
                        .consoleText()
                        .lines()
                        .filter(line -> line.contains("rateLimitExceeded"))
                        .count(),
                fixture.harness::consoleText);
        assertTrue(fixture.time.passed().toMinutes() < 6, fixture.time.passed()::toString);
        assertTrue(result.toPipelineValue().toString().endsWith("requests=[{id=null, status=DONE, count=1200}]}"));
    }

    @Test
    void aRefusalForNowIsNoRefusal() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.google.limitInvalidations(1);
        fixture.harness.run(GoogleCdnFixture.purge(GoogleCdnFixture.paths(2))).succeeded();
        assertTrue(
                fixture.harness.consoleText().contains("rateLimitExceeded: Quota exceeded"),
                fixture.harness::consoleText);
    }

    @Test
    void oneTokenServesAllRequestsAndIsRenewedBeforeItsEnd() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.google.invalidationTakes(Duration.ofMinutes(90));
        fixture.harness
                .run(GoogleCdnFixture.purge(GoogleCdnFixture.paths(3)), Duration.ofHours(2))
                .succeeded();
        assertEquals(2, fixture.google.granted());
    }

    @Test
    void aRevokedTokenIsReplacedOnce() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.harness.service().failNext(request -> request.path().contains("/operations/"), (request, service) -> {
            fixture.google.revokeTokens();
            return service.get();
        });
        fixture.harness.run(GoogleCdnFixture.purgeAll()).succeeded();
        assertEquals(2, fixture.google.granted());
        fixture.google.disableAccount();
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.REFUSED);
        assertEquals(
                "Google was asked to grant an access token to " + EMAIL
                        + " and answered HTTP 400 invalid_grant: Invalid JWT Signature. Check that the service account is enabled, and that its key was not deleted.",
                problem.getMessage());
    }

    @Test
    void anIdTokenServesWithoutAKey() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.federate(Optional.empty());
        fixture.harness.run(GoogleCdnFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.google.granted());
        fixture.federate(Optional.of(EMAIL));
        fixture.harness.run(GoogleCdnFixture.purgeAll()).succeeded();
        assertEquals(2, fixture.google.granted(), "the token of the first step is shared");
    }

    @Test
    void federationThatIsRefusedSaysWhatToDo() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.google.forbidImpersonation();
        fixture.federate(Optional.of(EMAIL));
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage().contains("iam.serviceAccounts.getAccessToken (role Workload Identity User)"),
                problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalidateCache|compute.urlMaps.invalidateCache",
                "operations|compute.globalOperations.get",
            })
    void aMissingPermissionIsNamed(String request, String permission) {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        if (request.equals("operations")) {
            fixture.google.forbidReading();
        } else {
            fixture.google.forbidInvalidations();
        }
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .endsWith("Give the service account a role with the permission " + permission + "."),
                problem.getMessage());
    }

    @Test
    void bothClocksAreToldIfTheyDiffer() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.harness.transport().serviceClockAhead(Duration.ofMinutes(9));
        fixture.harness
                .service()
                .failEvery(
                        request -> request.path().equals("/token"),
                        UsualFaults.answering(
                                SimResponse.json(
                                        400,
                                        Map.of(
                                                "error",
                                                "invalid_grant",
                                                "error_description",
                                                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."))));
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .endsWith(
                                "Jenkins' clock says 2026-03-01T12:00:00Z and Google's 2026-03-01T12:09:00Z: set the clock of the controller."),
                problem.getMessage());
    }

    @Test
    void nonsenseFromTheTokenEndpointIsAnError() {
        for (String body :
                List.of("", "<html>", "{}", "{\"access_token\":\"a\"}", "{\"access_token\":1,\"expires_in\":5}")) {
            GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
            fixture.harness
                    .service()
                    .failEvery(
                            request -> request.path().equals("/token"),
                            UsualFaults.answering(SimResponse.text(200, "application/json", body)));
            fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.UNREADABLE);
            assertEquals(0, fixture.submitted().size());
        }
    }

    @Test
    void noMessageHasASecret() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> request.path().equals("/token"),
                        (request, service) -> SimResponse.json(
                                400,
                                Map.of("error", "invalid_grant", "error_description", "not " + request.bodyText())));
        ApiException problem = fixture.harness.run(GoogleCdnFixture.purgeAll()).failed(Kind.REFUSED);
        SimRequest sent = fixture.harness.service().requests().get(0);
        String assertion = sent.bodyText().substring(sent.bodyText().indexOf("assertion=") + "assertion=".length());
        assertFalse((problem.getMessage() + fixture.harness.consoleText()).contains(assertion.substring(0, 40)));
        assertTrue(problem.getMessage().contains("assertion=****"), problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?b=c", "/?"})
    void aPathHasNoQuery(String path) {
        PurgeSelection what = new PurgeSelection(SelectionType.PATHS, List.of(path));
        assertTrue(assertThrows(InvalidInputException.class, () -> GoogleCdnFixture.purge(what))
                .getMessage()
                .contains("must not contain a query (?), since Google purges a path with all its queries"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog", "/blog/?a=/", "www.example.org", "https://www.example.org/blog/"})
    void aPrefixEndsWithASlash(String prefix) {
        PurgeSelection what = new PurgeSelection(SelectionType.PREFIXES, List.of(prefix));
        assertTrue(assertThrows(InvalidInputException.class, () -> GoogleCdnFixture.purge(what))
                .getMessage()
                .contains("must be the start of a path that ends with a slash"));
    }

    @Test
    void inputIsChecked() {
        assertEquals("acme-web", GoogleCdnPurge.project(" acme-web "));
        assertEquals("example.org:acme-web", GoogleCdnPurge.project("example.org:acme-web"));
        assertEquals("123456789012", GoogleCdnPurge.project("123456789012"));
        for (String wrong : List.of("Acme", "acme_web", "a/b", "acme-", "ab")) {
            assertThrows(InvalidInputException.class, () -> GoogleCdnPurge.project(wrong), wrong);
        }
        for (String wrong : List.of("Web", "web/map", "-web", "w".repeat(64))) {
            assertThrows(InvalidInputException.class, () -> GoogleCdnPurge.urlMap(wrong), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|it is not the JSON key of a service account (type service_account)",
                "not json|it is not JSON, as the key of a service account is",
                "{\"type\":\"external_account\"}|it is not the JSON key of a service account (type service_account)",
                "{\"type\":\"service_account\"}|the JSON key has no private_key",
                "{\"type\":\"service_account\",\"private_key\":\"s3cret\",\"client_email\":\"a@b\",\"private_key_id\":\"1\",\"token_uri\":\"u\"}|the JSON key's private_key is not an RSA key in PKCS #8 form",
                "{\"type\":\"service_account\",\"private_key\":\"s3cret\",\"client_email\":\"a\",\"private_key_id\":\"1\",\"token_uri\":\"u\"}|the JSON key's client_email is not one of Google's",
            })
    void aFileThatIsNoKeyIsRefused(String file, String why) {
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> ServiceAccountKey.parse(file))
                        .getMessage());
    }

    @Test
    void noTextHasTheKey() {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        ServiceAccountKey key = ServiceAccountKey.parse(fixture.google.account().jsonKey("https://a.example/token"));
        assertEquals("ServiceAccountKey[" + EMAIL + "]", key.toString());
        assertFalse(
                GoogleTokens.of(key).toString().contains("PRIVATE"),
                () -> GoogleTokens.of(key).toString());
    }
}
