package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.azure.AzureCloud;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.azure.AzureFrontDoorPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class AzureFrontDoorPurgeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Parameter
    private DriverKind kind;

    @Test
    void pollsWhenAzureAsksFor() {
        AzureFixture fixture = new AzureFixture(kind);
        PurgeResult result =
                fixture.harness.run(AzureFixture.purge(AzureFixture.paths(2))).succeeded();
        assertEquals(
                "{provider=azureFrontDoor, target=web, status=Succeeded, what=paths, count=2, requests=[{id=0a1b2c3d-0000-4000-8000-000000000001, status=Succeeded, count=2}]}",
                result.toPipelineValue().toString());
        assertEquals(
                List.of(
                        "Asking Azure Front Door to purge 2 paths of endpoint web",
                        "Azure Front Door purge of endpoint web is InProgress"),
                fixture.harness.console().subList(0, 2));
        assertEquals(3, polls(fixture), "every ten seconds for thirty");
        assertTrue(fixture.time.passed().toSeconds() == 30, fixture.time.passed()::toString);
    }

    private static int polls(AzureFixture fixture) {
        return fixture.harness
                .service()
                .requests(request -> request.path().contains("operationresults"))
                .size();
    }

    @Test
    void eachSelectionIsPaths() {
        AzureFixture fixture = new AzureFixture(kind);
        PurgeOptions options = new PurgeOptions(false, false, "e1");
        fixture.harness
                .run(AzureFixture.purge(
                        new PurgeSelection(SelectionType.PREFIXES, List.of("/blog/", "/")), options, "www.example.org"))
                .succeeded();
        fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        fixture.harness.run(AzureFixture.purge(AzureFixture.paths(205))).succeeded();
        assertEquals(List.of("/blog/*", "/*"), fixture.submitted().get(0));
        assertEquals(List.of("www.example.org"), fixture.azure.purges().get(0).domains());
        assertEquals(List.of("/*"), fixture.submitted().get(1));
        assertEquals(
                "{\"contentPaths\":[\"/*\"]}",
                fixture.harness
                        .service()
                        .requests(request -> request.path().endsWith("/purge"))
                        .get(1)
                        .bodyText());
        assertEquals(
                List.of(5, 100, 100),
                fixture.submitted().subList(2, 5).stream()
                        .map(List::size)
                        .sorted()
                        .toList());
    }

    /** Without {@code Azure-AsyncOperation} the HTTP status of what {@code Location} names is the status. */
    @Test
    void locationIsPolledIfThereIsNothingElse() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.nameOperationBy("Location");
        fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        assertEquals(3, polls(fixture));
        assertTrue(fixture.harness.service().requests().stream()
                .filter(request -> request.path().contains("operationresults"))
                .allMatch(request -> request.query("location").isPresent()));
    }

    @Test
    void aPurgeMayBeDoneAtOnce() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.nameOperationBy();
        PurgeResult result = fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        assertEquals("Succeeded", result.status());
        assertEquals(0, polls(fixture));
    }

    /** The access token must not reach another server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://management.azure.com.example.org",
                "http://management.azure.com",
                "https://management.azure.com:8443",
                "https://user@management.azure.com",
                "//other.example"
            })
    void anOperationAtAnotherServerIsNotFollowed(String url) {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.nameOperationsAt(url);
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.UNREADABLE);
        assertTrue(
                problem.getMessage().contains("it names an operation at another server, which is not asked"),
                problem.getMessage());
        assertEquals(0, polls(fixture));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Canceled"})
    void anEndThatIsNoSuccessIsAFailure(String status) {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.endAs(status);
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.FAILED);
        assertTrue(
                problem.getMessage()
                        .startsWith(
                                "Azure Front Door was asked to purge path /* of endpoint web and ended the operation 0a1b2c3d-0000-4000-8000-000000000001 with the status "
                                        + status),
                problem.getMessage());
        assertEquals(
                status.equals("Failed"),
                problem.getMessage().contains(": InternalServerError The purge failed."),
                problem.getMessage());
    }

    @Test
    void anyOtherWordMeansThatItGoesOn() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.endAs("Resolving");
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage().endsWith("Last known: Azure Front Door purge of endpoint web is Resolving."),
                problem.getMessage());
    }

    /** 3,600 seconds, with a timer between polls and nothing else; a token serves for almost all of it. */
    @Test
    void anHourIsWatchedWithoutAThread() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.purgeTakes(Duration.ofSeconds(3_590)).askToPollAfter(OptionalInt.of(60));
        PurgeResult result = fixture.harness
                .run(AzureFixture.purgeAll(), HOUR.plusMinutes(1))
                .succeeded();
        assertEquals("Succeeded", result.status());
        assertEquals(60, polls(fixture));
        assertEquals(2, fixture.azure.granted());
        assertTrue(
                fixture.harness.checkpoints().saveCount() <= 4,
                "checkpoints: " + fixture.harness.checkpoints().saveCount());
    }

    @Test
    void betweenPollsThereIsOnlyATimer() {
        AzureFixture fixture = new AzureFixture(DriverKind.ASYNC);
        fixture.azure.purgeTakes(Duration.ofSeconds(2_990)).askToPollAfter(OptionalInt.of(600));
        List<String> ends = new ArrayList<>();
        fixture.harness
                .async(
                        fixture.harness.session(AzureFixture.purgeAll(), HOUR),
                        new AsyncDriver.CompletionCallback<PurgeResult>() {
                            @Override
                            public void onSuccess(PurgeResult result) {
                                ends.add(result.status());
                            }

                            @Override
                            public void onFailure(Throwable problem) {
                                ends.add(problem.toString());
                            }
                        })
                .start();
        fixture.time.sleep(Duration.ofMinutes(5));
        assertEquals(0, fixture.harness.transport().inFlightCount());
        assertEquals(0, polls(fixture));
        assertEquals(List.of(), ends);
        fixture.time.runAll();
        assertEquals(List.of("Succeeded"), ends);
        assertEquals(5, polls(fixture));
    }

    @Test
    void aRestartGoesOnPolling() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.purgeTakes(Duration.ofMinutes(4));
        PreparedCase<PurgeResult> prepared = new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AzureFixture.purgeAll(),
                () -> fixture.submitted().size());
        prepared.onEachEvent(() -> {
            if (polls(fixture) == 3) {
                throw new SimulatedCrash();
            }
        });
        assertThrows(SimulatedCrash.class, prepared::run);
        prepared.resume(Duration.ofMinutes(2)).succeeded();
        assertEquals(1, fixture.submitted().size());
    }

    @Test
    void aRoleThatMayPurgeButNotWatchIsToldSo() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.forbidReading();
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .endsWith(
                                "The purge was started, but its end cannot be watched: give the application the role Reader on the resource group, or set wait: false."),
                problem.getMessage());
        fixture.azure.forbidPurges();
        problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .endsWith(
                                "Give the application a role with the permission Microsoft.Cdn/profiles/afdendpoints/purge/action on the endpoint."),
                problem.getMessage());
    }

    @Test
    void aConflictIsOverLater() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.azure.conflicts(2);
        fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.submitted().size());
        assertTrue(fixture.harness.consoleText().contains("HTTP 409 Conflict"), fixture.harness::consoleText);
    }

    @Test
    void anIdTokenServesWithoutASecret() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.useIdTokenOf(AzureSimulator.DEMO_SUBJECT);
        fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.azure.granted());
        fixture.useIdTokenOf("https://jenkins.example.org/job/other/");
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .endsWith(
                                "Add a federated credential to the application, with the issuer, subject and audience of the id token."),
                problem.getMessage());
    }

    @Test
    void aSecretThatIsWrongOrExpiredIsToldInOneLine() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.useSecret("some-other-secret");
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertEquals(
                "Microsoft Entra ID was asked to grant an access token to application 11112222-bbbb-3333-cccc-4444dddd5555 and answered HTTP 401 invalid_client: AADSTS7000215: Invalid client secret provided. Trace ID: 0 Correlation ID: 0. Check that credentialsId holds the value of a client secret, not its ID, as password.",
                problem.getMessage());
        fixture.useSecret(AzureSimulator.DEMO_SECRET);
        fixture.azure.expireSecret();
        problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage().endsWith("The client secret has expired: create a new one."),
                problem.getMessage());
    }

    @Test
    void aRevokedTokenIsReplacedOnce() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.harness
                .service()
                .failNext(request -> request.path().contains("operationresults"), (request, service) -> {
                    fixture.azure.revokeTokens();
                    return service.get();
                });
        fixture.harness.run(AzureFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.submitted().size());
        assertEquals(
                2,
                fixture.harness
                        .service()
                        .requests(request -> request.path().endsWith("/token"))
                        .size());
    }

    @Test
    void aResponseThatNamesNoOperationIsNoSuccess() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.harness
                .service()
                .failEvery(request -> request.path().endsWith("/purge"), UsualFaults.answering(SimResponse.empty(202)));
        fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.UNREADABLE);
        fixture.harness
                .service()
                .failEvery(request -> request.path().endsWith("/purge"), UsualFaults.answering(SimResponse.empty(204)));
        fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.UNREADABLE);
    }

    /** As of a portal in between. */
    @Test
    void aPageIsNoSuccess() {
        SimResponse page = SimResponse.text(200, "text/html", "<html>Please log in</html>");
        for (String path : List.of("/purge", "operationresults")) {
            AzureFixture fixture = new AzureFixture(kind);
            fixture.azure.nameOperationBy("Location");
            fixture.harness.service().failEvery(request -> request.path().contains(path), UsualFaults.answering(page));
            fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.UNREADABLE);
        }
    }

    @Test
    void noMessageHasASecret() {
        AzureFixture fixture = new AzureFixture(kind);
        fixture.harness
                .service()
                .failEvery(
                        request -> request.path().endsWith("/token"),
                        (request, service) -> SimResponse.json(
                                400,
                                Map.of(
                                        "error",
                                        "invalid_request",
                                        "error_description",
                                        "AADSTS1: " + request.bodyText())));
        ApiException problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("client_secret=****"), problem.getMessage());
        fixture.harness.service().clearFaults();
        fixture.harness
                .service()
                .failEvery(
                        request -> request.path().endsWith("/purge"),
                        (request, service) -> SimResponse.json(
                                403,
                                Map.of(
                                        "error",
                                        Map.of(
                                                "code",
                                                "No",
                                                "message",
                                                request.header("Authorization").orElseThrow()))));
        problem = fixture.harness.run(AzureFixture.purgeAll()).failed(Kind.REFUSED);
        assertFalse(problem.getMessage().contains("demo-azure-access-token"), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATHS|/a?b=c|must not contain a query (?), since Azure purges a path with all its queries",
                "PREFIXES|/blog|must be the start of a path that ends with a slash",
                "PREFIXES|www.example.org/blog/|must be the start of a path that ends with a slash",
                "PREFIXES|/blog/?a=/|must be the start of a path that ends with a slash"
            })
    void whatAzureReadsInAnotherWayIsRefused(SelectionType type, String value, String why) {
        PurgeSelection what = new PurgeSelection(type, List.of(value));
        String said = assertThrows(InvalidInputException.class, () -> AzureFixture.purge(what))
                .getMessage();
        assertTrue(said.startsWith(type.parameter() + ": '" + value + "' " + why), said);
    }

    @Test
    void inputIsChecked() {
        assertEquals("my_group.(1)", AzureFrontDoorPurge.resourceGroup("my_group.(1)"));
        assertEquals("web", AzureFrontDoorPurge.endpoint(" web "));
        assertEquals("xn--bcher-kva.example", AzureFrontDoorPurge.domain("bücher.example"));
        for (String wrong : List.of("a/b", "group.", "a b", "a".repeat(91))) {
            assertThrows(InvalidInputException.class, () -> AzureFrontDoorPurge.resourceGroup(wrong), wrong);
        }
        for (String wrong : List.of("web.azurefd.net", "-web", "a_b", "w".repeat(47))) {
            assertThrows(InvalidInputException.class, () -> AzureFrontDoorPurge.endpoint(wrong), wrong);
        }
        for (String wrong : List.of("*.example.org", "https://example.org", "a/b", "a:80")) {
            assertThrows(InvalidInputException.class, () -> AzureFrontDoorPurge.domain(wrong), wrong);
        }
        assertThrows(InvalidInputException.class, () -> AzureFrontDoorPurge.profile("a b"));
        assertEquals(Optional.of(AzureCloud.CHINA), AzureCloud.of(ApiUrl.of("https://management.chinacloudapi.cn/")));
        assertEquals(Optional.empty(), AzureCloud.of(ApiUrl.of("https://management.example.org")));
    }
}
