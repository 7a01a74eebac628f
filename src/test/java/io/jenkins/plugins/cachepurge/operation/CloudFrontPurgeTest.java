package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsRole;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.cloudfront.StsClient;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedInvalidation;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimIdTokenIssuer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class CloudFrontPurgeTest {

    private static final String OIDC_ROLE = "arn:aws:iam::123456789012:role/keyless";

    @Parameter
    private DriverKind kind;

    private AwsFixture fixture;

    @BeforeEach
    void startServices() {
        fixture = new AwsFixture(kind);
    }

    private static PurgeSelection paths(String... paths) {
        return PurgeSelection.paths(paths);
    }

    private void assumeRole() {
        StsClient sts = new StsClient(AwsEndpoints.DEFAULT);
        AwsRole role = new AwsRole(SimAwsAccount.DEMO_ROLE, Optional.of(SimAwsAccount.DEMO_EXTERNAL_ID));
        fixture.harness.lookUpCredentials(() -> sts.assumeRole(AwsFixture.KEYS, role));
    }

    @Test
    void purgesEverythingAndWaitsForTheEnd() {
        PurgeResult result = fixture.harness.run(AwsFixture.purgeAll()).succeeded();
        RecordedInvalidation created = fixture.cloudFront.invalidations().get(0);
        assertEquals(List.of(List.of("/*")), fixture.created());
        assertEquals("cache-purge-execution1-0", created.reference());
        assertEquals(
                "{provider=cloudFront, target=EDFDVBD6EXAMPLE, status=Completed, what=all, count=0, requests=[{id=%s, status=Completed, count=0}]}"
                        .formatted(created.id()),
                result.toPipelineValue().toString());
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(10)) > 0);
        assertThat(
                fixture.harness.consoleText(),
                containsString(
                        "Asking Amazon CloudFront to invalidate everything of distribution EDFDVBD6EXAMPLE\nInvalidation %s of distribution EDFDVBD6EXAMPLE is InProgress"
                                .formatted(created.id())));
        assertThat(
                fixture.harness.consoleText(),
                containsString("everything in one request: Completed, 1 path on the bill"));
    }

    @Test
    void doesNotWaitIfItNeedNot() {
        PurgeResult result =
                fixture.harness.run(AwsFixture.purge(paths("/a", "/b"), false)).succeeded();
        assertEquals("InProgress", result.status());
        assertThat(
                fixture.harness.consoleText(),
                containsString("2 paths in one request: InProgress, 2 paths on the bill"));
    }

    @Test
    void putsEachSelectionIntoItsForm() {
        fixture.harness
                .run(AwsFixture.purge(paths("/a b?x=1&y=<ü>", "/blog/*"), false))
                .succeeded();
        fixture.harness
                .run(AwsFixture.purge(
                        AwsFixture.DISTRIBUTION,
                        new PurgeSelection(SelectionType.PREFIXES, List.of("/shop/", "/blog")),
                        true,
                        "prefixes"))
                .succeeded();
        PurgeResult tags = fixture.harness
                .run(AwsFixture.purge(
                        AwsFixture.DISTRIBUTION,
                        new PurgeSelection(SelectionType.TAGS, List.of("News", "a#b")),
                        true,
                        "tags"))
                .succeeded();
        assertEquals("2 tags in one request: Completed", tags.summary().toString());
        assertEquals("/a%20b?x=1&y=%3C%C3%BC%3E", fixture.created().get(0).get(0));
        assertEquals("/blog/*", fixture.created().get(0).get(1));
        assertEquals(List.of("/shop/*", "/blog*"), fixture.created().get(1));
        assertEquals(List.of("#News", "#a#b"), fixture.created().get(2));
    }

    @Test
    void purgesATenant() {
        CloudFrontTarget tenant = CloudFrontTarget.of("EDFDVBD6EXAMPLE", CloudFrontSimulator.DEMO_TENANT);
        PurgeResult result = fixture.harness
                .run(AwsFixture.purge(tenant, paths("/a"), true, "e"))
                .succeeded();
        assertEquals(CloudFrontSimulator.DEMO_TENANT, result.target());
        assertEquals(
                CloudFrontSimulator.DEMO_TENANT,
                fixture.cloudFront.invalidations().get(0).target());
    }

    @ParameterizedTest
    @CsvSource({"3000, '[3000]'", "3001, '[3000, 1]'", "6001, '[3000, 3000, 1]'"})
    void noMorePathsAreInProgressThanAllowed(int count, String sizes) {
        PurgeResult result = fixture.harness
                .run(AwsFixture.purgePaths(count), Duration.ofMinutes(10))
                .succeeded();
        assertEquals(sizes, fixture.created().stream().map(List::size).toList().toString());
        assertEquals(
                ScalewayFixture.paths(0, count),
                fixture.created().stream().flatMap(List::stream).toList());
        assertEquals(
                count,
                result.requests().stream()
                        .mapToInt(PurgeResult.RequestResult::count)
                        .sum());
    }

    @ParameterizedTest
    @CsvSource({"15, '[15]'", "16, '[15, 1]'", "31, '[15, 15, 1]'"})
    void noMoreWildcardsAreInProgressThanAllowed(int count, String sizes) {
        fixture.harness.run(AwsFixture.purgePrefixes(count)).succeeded();
        assertEquals(sizes, fixture.created().stream().map(List::size).toList().toString());
    }

    /** The response repeats the paths, and no more than 1 MiB of it is read. */
    @Test
    void longPathsAreSpreadOverSeveralInvalidations() {
        List<String> paths = IntStream.range(0, 400)
                .mapToObj(i -> "/" + i + "/" + "x".repeat(3_900))
                .toList();
        fixture.harness
                .run(AwsFixture.purge(new PurgeSelection(SelectionType.PATHS, paths), true))
                .succeeded();
        assertEquals(4, fixture.created().size());
        assertEquals(paths, fixture.created().stream().flatMap(List::stream).toList());
    }

    @Test
    void waitsAtTheLimitAndGoesOn() {
        Instant now = fixture.time.instant();
        fixture.cloudFront.addInvalidation(
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                Collections.nCopies(15, "/other/*"),
                now,
                now.plus(Duration.ofMinutes(3)));
        fixture.harness.run(AwsFixture.purgePrefixes(1), Duration.ofMinutes(10)).succeeded();
        assertEquals(2, fixture.created().size());
        assertThat(
                fixture.harness.consoleText(),
                containsString(
                        "and answered HTTP 400 TooManyInvalidationsInProgress: Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations. Earlier invalidations must be completed first. Now trying again in 1 s"));
        // Half a minute from one attempt to the next at the end.
        assertTrue(fixture.harness.console().size() < 25, fixture.harness::consoleText);
        PurgeResult other = fixture.harness
                .run(AwsFixture.purge(AwsFixture.DISTRIBUTION, paths("/x"), true, "other"))
                .succeeded();
        assertEquals("Completed", other.status());
    }

    @Test
    void aDeadlineAtTheLimitTellsWhatItWaitsFor() {
        Instant now = fixture.time.instant();
        fixture.cloudFront.addInvalidation(
                CloudFrontSimulator.DEMO_DISTRIBUTION,
                ScalewayFixture.paths(0, 3_000),
                now,
                now.plus(Duration.ofHours(1)));
        ApiException problem = fixture.harness
                .run(AwsFixture.purgePaths(1), Duration.ofMinutes(2))
                .failed(Kind.TIMED_OUT);
        assertThat(problem.getMessage(), containsString("Earlier invalidations must be completed first"));
    }

    /** The reference makes CloudFront recognize the repeat. */
    @Test
    void aLostResponseCreatesNoSecondInvalidation() {
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        PurgeResult result = fixture.harness.run(AwsFixture.purgeAll()).succeeded();
        assertEquals(1, fixture.created().size());
        assertEquals(
                fixture.cloudFront.invalidations().get(0).id(),
                result.requests().get(0).id());
        fixture.harness
                .run(AwsFixture.purge(AwsFixture.DISTRIBUTION, PurgeSelection.all(), true, "execution2"))
                .succeeded();
        assertEquals(2, fixture.created().size());
    }

    @ParameterizedTest
    @CsvSource({
        "cloudfront:CreateInvalidation, to invalidate path /0 of distribution EDFDVBD6EXAMPLE",
        "cloudfront:GetInvalidation, to show invalidation"
    })
    void namesTheMissingPermission(String action, String purpose) {
        fixture.account.deny(action);
        ApiException problem = fixture.harness.run(AwsFixture.purgePaths(1)).failed(Kind.REFUSED);
        assertThat(problem.getMessage(), containsString(purpose));
        assertThat(
                problem.getMessage(),
                containsString("Allow %s on the distribution EDFDVBD6EXAMPLE in the IAM policy of the keys."
                        .formatted(action)));
        assertEquals(Optional.of("AccessDenied"), problem.code());
    }

    @Test
    void tellsBothClocks() {
        fixture.harness.transport().controllerClockBehind(Duration.ofMinutes(10));
        ApiException problem = fixture.harness.run(AwsFixture.purgeAll()).failed(Kind.REFUSED);
        assertThat(
                problem.getMessage(),
                containsString(
                        "The clock of the controller says 2026-03-01T11:50:00Z, that of AWS 2026-03-01T12:00:00Z: set the controller's."));
    }

    @Test
    void wrongKeysAreToldApart() {
        fixture.harness.lookUpCredentials(() ->
                AwsEndpoints.DEFAULT.signer(AwsKeys.of(SimAwsAccount.DEMO_ACCESS_KEY_ID, "another-secret-access-key")));
        assertThat(
                fixture.harness.run(AwsFixture.purgeAll()).failed(Kind.REFUSED).getMessage(),
                containsString("HTTP 403 SignatureDoesNotMatch: The request signature we calculated does not match"));
        fixture.account.deleteKey(SimAwsAccount.DEMO_ACCESS_KEY_ID);
        assertThat(
                fixture.harness.run(AwsFixture.purgeAll()).failed(Kind.REFUSED).getMessage(),
                containsString(
                        "HTTP 403 InvalidClientTokenId: The security token included in the request is invalid. Check the access key id: it is unknown, inactive, deleted, or of another partition."));
    }

    @Test
    void unknownDistribution() {
        CloudFrontTarget other = CloudFrontTarget.of("E0OTHER0EXAMPLE", null);
        ApiException problem = fixture.harness
                .run(AwsFixture.purge(other, PurgeSelection.all(), true, "e"))
                .failed(Kind.REFUSED);
        assertThat(
                problem.getMessage(),
                containsString(
                        "HTTP 404 NoSuchDistribution: The specified distribution does not exist. Check distributionId, and that the keys are of its AWS account."));
    }

    @Test
    void aRoleGrantsKeysForAnHour() {
        assumeRole();
        fixture.harness.run(AwsFixture.purgePaths(1)).succeeded();
        fixture.harness.run(AwsFixture.purgePaths(1)).succeeded();
        assertEquals(1, fixture.account.sessions());
        fixture.time.sleep(Duration.ofMinutes(56));
        fixture.harness.run(AwsFixture.purgePaths(1)).succeeded();
        assertEquals(2, fixture.account.sessions());
    }

    @Test
    void revokedKeysOfARoleAreReplacedOnce() {
        assumeRole();
        fixture.harness.run(AwsFixture.purgePaths(1)).succeeded();
        fixture.account.revokeSessions();
        fixture.harness
                .run(AwsFixture.purge(AwsFixture.DISTRIBUTION, paths("/x"), true, "e2"))
                .succeeded();
        assertEquals(2, fixture.account.sessions());
        assertEquals(2, fixture.created().size());
    }

    @Test
    void aRoleThatMayNotBeAssumed() {
        assumeRole();
        fixture.account.deny("sts:AssumeRole");
        ApiException problem = fixture.harness.run(AwsFixture.purgePaths(1)).failed(Kind.REFUSED);
        assertEquals(
                "AWS STS was asked to grant keys of the role arn:aws:iam::123456789012:role/cache-purge and answered HTTP 403 AccessDenied: User: arn:aws:iam::123456789012:user/jenkins is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/cache-purge. Allow sts:AssumeRole on the role in the IAM policy of the keys, and the keys' user in the role's trust policy; check externalId.",
                problem.getMessage());
        assertEquals(List.of(), fixture.created());
    }

    @Test
    void anIdTokenGetsKeysAndIsNeverShown() {
        SimIdTokenIssuer jenkins =
                new SimIdTokenIssuer("https://jenkins.example.org/oidc", "sts.amazonaws.com", fixture.time);
        fixture.account.addRole(OIDC_ROLE, jenkins, "https://jenkins.example.org/job/www/.*");
        StsClient sts = new StsClient(AwsEndpoints.DEFAULT);
        List<String> tokens = new ArrayList<>();
        fixture.harness.lookUpCredentials(() -> {
            tokens.add(jenkins.token("https://jenkins.example.org/job/www/"));
            return sts.assumeRole(IdToken.of(tokens.get(tokens.size() - 1)), OIDC_ROLE);
        });
        fixture.harness.run(AwsFixture.purgePrefixes(31)).succeeded();
        assertEquals(1, fixture.account.sessions());
        assertTrue(tokens.size() > 6, "a new one for each exchange");
        fixture.harness.lookUpCredentials(
                () -> sts.assumeRole(IdToken.of(jenkins.token("https://jenkins.example.org/job/other/")), OIDC_ROLE));
        assertThat(
                fixture.harness.run(AwsFixture.purgeAll()).failed(Kind.REFUSED).getMessage(),
                containsString(
                        "HTTP 403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity. Allow sts:AssumeRoleWithWebIdentity in the role's trust policy, for the issuer, audience and subject of the id token."));
        String late = jenkins.token("https://jenkins.example.org/job/www/", Duration.ofSeconds(-1));
        fixture.harness.lookUpCredentials(() -> sts.assumeRole(IdToken.of(late), OIDC_ROLE));
        // Another role, so that there are no keys yet.
        fixture.account.revokeSessions();
        fixture.time.sleep(Duration.ofHours(1));
        assertThat(
                fixture.harness.run(AwsFixture.purgeAll()).failed(Kind.REFUSED).getMessage(),
                containsString("HTTP 400 ExpiredTokenException: Token expired"));
        tokens.forEach(token -> assertThat(fixture.harness.consoleText(), not(containsString(token))));
    }

    @ParameterizedTest
    @CsvSource({
        "PATHS, /a*b, paths: '/a*b' must have a * at its end only",
        "PATHS, /a**, paths: '/a**' must have a * at its end only",
        "PREFIXES, www.example.org/a, 'prefixes: ''www.example.org/a'' must be the start of a path, such as /blog/, without host and query (?)'",
        "TAGS, 'a,b', 'tags: ''a,b'' must be 1 to 256 printable ASCII characters without spaces, commas and *'",
        "TAGS, a*, 'tags: ''a*'' must be 1 to 256 printable ASCII characters without spaces, commas and *'",
        "TAGS, ü, 'tags: ''ü'' must be 1 to 256 printable ASCII characters without spaces, commas and *'"
    })
    void refusesWhatCloudFrontWouldNotInvalidate(SelectionType type, String value, String message) {
        InvalidInputException problem = assertThrows(
                InvalidInputException.class, () -> AwsFixture.purge(new PurgeSelection(type, List.of(value)), true));
        assertEquals(message, problem.getMessage());
    }

    @Test
    void refusesPathsThatAreTooLong() {
        AwsFixture.purge(paths("/" + "x".repeat(3_999)), true);
        assertThrows(InvalidInputException.class, () -> AwsFixture.purge(paths("/" + "x".repeat(4_000)), true));
        assertThrows(
                InvalidInputException.class,
                () -> AwsFixture.purge(
                        new PurgeSelection(SelectionType.PREFIXES, List.of("/" + "x".repeat(3_999))), true));
    }

    @Test
    void listsEarlierInvalidationsWithTheirPaths() {
        for (int i = 0; i < 250; i++) {
            Instant created = fixture.time.instant().minus(Duration.ofDays(1)).plusSeconds(i);
            fixture.cloudFront.addInvalidation(
                    CloudFrontSimulator.DEMO_DISTRIBUTION,
                    i % 2 == 0 ? List.of("/a", "/b") : List.of("/*"),
                    created,
                    created);
        }
        List<String> ids = fixture.cloudFront.invalidations().stream()
                .map(RecordedInvalidation::id)
                .toList();
        PurgeHistoryResult newest =
                fixture.harness.run(AwsFixture.history(3, true)).succeeded();
        assertEquals(
                List.of(ids.get(249), ids.get(248), ids.get(247)),
                newest.entries().stream().map(PurgeHistoryEntry::id).toList());
        assertEquals(
                List.of(true, false, true),
                newest.entries().stream().map(PurgeHistoryEntry::all).toList());
        assertEquals(
                List.of(1, 2, 1),
                newest.entries().stream().map(PurgeHistoryEntry::paths).toList());
        PurgeHistoryResult oldest =
                fixture.harness.run(AwsFixture.history(120, false)).succeeded();
        assertEquals(
                ids.subList(0, 120),
                oldest.entries().stream().map(PurgeHistoryEntry::id).toList());
        assertEquals(
                250,
                fixture.harness
                        .run(AwsFixture.history(1_000, true))
                        .succeeded()
                        .entries()
                        .size());
    }

    @Test
    void anEmptyHistory() {
        assertEquals(
                List.of(),
                fixture.harness.run(AwsFixture.history(10, true)).succeeded().entries());
    }
}
