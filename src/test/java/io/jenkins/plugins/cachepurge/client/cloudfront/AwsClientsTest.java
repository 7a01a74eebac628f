package io.jenkins.plugins.cachepurge.client.cloudfront;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.OverHttp;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimIdTokenIssuer;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of CloudFront and STS over real HTTP, and what they make of unexpected responses. */
class AwsClientsTest {

    private static final AwsKeys KEYS = AwsKeys.of(SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY);
    private static final CloudFrontTarget TARGET =
            new CloudFrontTarget(CloudFrontTarget.Type.DISTRIBUTION, CloudFrontSimulator.DEMO_DISTRIBUTION);
    private static final AwsRole ROLE =
            new AwsRole(SimAwsAccount.DEMO_ROLE, Optional.of(SimAwsAccount.DEMO_EXTERNAL_ID));
    private static final String KEYLESS = "arn:aws:iam::123456789012:role/keyless";

    private final InstantSource clock = InstantSource.system();
    private final SimAwsAccount account = SimAwsAccount.demo(clock);
    private final CloudFrontSimulator cloudFront =
            CloudFrontSimulator.demo(clock, account).invalidationTakes(Duration.ofHours(1));
    private final OverHttp cloudFrontWire = new OverHttp(cloudFront, Signer.NONE);
    private final OverHttp stsWire = new OverHttp(new StsSimulator(clock, account), Signer.NONE);
    private final AwsEndpoints endpoints = new AwsEndpoints(cloudFrontWire.url(), stsWire.url());
    private final Signer signer = endpoints.signer(KEYS);
    private final CloudFrontClient client = new CloudFrontClient(endpoints.cloudFront());
    private final StsClient sts = new StsClient(endpoints);

    @AfterEach
    void close() {
        cloudFrontWire.close();
        stsWire.close();
    }

    private AccessToken granted(TokenExchange exchange) {
        return stsWire.said(exchange.call(), assertInstanceOf(Signer.class, exchange.authentication()));
    }

    @Test
    void createsGetsAndLists() {
        Invalidation created =
                cloudFrontWire.said(client.create(TARGET, List.of("/a?b=c&d", "/b/*"), "path", "r"), signer);
        assertEquals(2, created.paths());
        assertFalse(created.all());
        assertEquals(RemoteStatus.IN_PROGRESS, created.remoteStatus());
        assertEquals(created, cloudFrontWire.said(client.get(TARGET, created.id()), signer));
        assertEquals(
                created.id(),
                cloudFrontWire
                        .said(client.create(TARGET, List.of("/a?b=c&d", "/b/*"), "path", "r"), signer)
                        .id());
        Invalidation second = cloudFrontWire.said(client.create(TARGET, List.of("/*"), "purge", "r2"), signer);
        assertTrue(second.all());
        InvalidationPage first = cloudFrontWire.said(client.list(TARGET, Optional.empty(), 1), signer);
        assertEquals(second.id(), first.invalidations().get(0).id());
        InvalidationPage last = cloudFrontWire.said(client.list(TARGET, first.nextMarker(), 1), signer);
        assertEquals(created.id(), last.invalidations().get(0).id());
        assertEquals(Optional.empty(), last.nextMarker());
    }

    @Test
    void tellsWhoseKeysTheyAre() {
        assertEquals("arn:aws:iam::123456789012:user/jenkins", stsWire.said(sts.callerIdentity(), signer));
        Signer temporary = granted(sts.assumeRole(KEYS, ROLE)).signer();
        assertEquals(
                "arn:aws:sts::123456789012:assumed-role/cache-purge/jenkins-cache-purge",
                stsWire.said(sts.callerIdentity(), temporary));
        assertTrue(sts.callerIdentity().request().readOnly());
    }

    @Test
    void getsKeysOfARoleForAnHour() {
        AccessToken token = granted(sts.assumeRole(KEYS, ROLE));
        assertFalse(token.lifetime().minusMinutes(59).isNegative(), token::toString);
        assertTrue(token.lifetime().minusMinutes(61).isNegative(), token::toString);
        cloudFrontWire.said(client.list(TARGET, Optional.empty(), 1), token.signer());
        for (String secret : account.secrets()) {
            if (!secret.equals(SimAwsAccount.DEMO_SECRET_KEY)) {
                assertEquals("****", token.signer().secrets().redact(secret));
            }
        }
    }

    @Test
    void getsKeysForAnIdToken() {
        SimIdTokenIssuer jenkins = new SimIdTokenIssuer("https://jenkins.example.org/oidc", "aws", clock);
        account.addRole(KEYLESS, jenkins, "job/.*");
        AccessToken token = granted(sts.assumeRole(IdToken.of(jenkins.token("job/www")), KEYLESS));
        cloudFrontWire.said(client.list(TARGET, Optional.empty(), 1), token.signer());
        TokenExchange other = sts.assumeRole(
                IdToken.of(new SimIdTokenIssuer("https://other.example.org", "aws", clock).token("job/www")), KEYLESS);
        ApiException problem = stsWire.refused(other.call(), (Signer) other.authentication());
        assertThat(
                problem.getMessage(),
                containsString("Create an IAM identity provider for the issuer of the id token, with its audience."));
    }

    /** A token is shared by those who get the same one, and by nobody else. */
    @Test
    void keysOfTokensDependOnAllThatMatters() {
        SimIdTokenIssuer jenkins = new SimIdTokenIssuer("https://jenkins.example.org/oidc", "aws", clock);
        assertEquals(
                sts.assumeRole(IdToken.of(jenkins.token("job/www")), KEYLESS).key(),
                sts.assumeRole(IdToken.of(jenkins.token("job/www", Duration.ofMinutes(5))), KEYLESS)
                        .key());
        assertNotEquals(
                sts.assumeRole(IdToken.of(jenkins.token("job/www")), KEYLESS).key(),
                sts.assumeRole(IdToken.of(jenkins.token("job/other")), KEYLESS).key());
        assertNotEquals(
                sts.assumeRole(KEYS, ROLE).key(),
                sts.assumeRole(AwsKeys.of(KEYS.accessKeyId(), "replaced-secret-key"), ROLE)
                        .key());
        assertNotEquals(
                sts.assumeRole(KEYS, ROLE).key(),
                sts.assumeRole(KEYS, new AwsRole(ROLE.arn(), Optional.empty())).key());
        assertFalse(sts.assumeRole(KEYS, ROLE).toString().contains(KEYS.secretAccessKey()));
    }

    /** Keys that another plugin is asked for are told apart by their lookup, before they are known. */
    @Test
    void keysOfAnotherPluginAreExchangedAsOthers() {
        TokenExchange exchange = sts.assumeRole(known("one"), ROLE);
        assertEquals(known("one").key(), ((OtherPluginCredentials) exchange.authentication()).key());
        assertEquals(exchange.key(), sts.assumeRole(known("one"), ROLE).key());
        assertNotEquals(exchange.key(), sts.assumeRole(known("two"), ROLE).key());
        assertNotEquals(
                exchange.key(),
                sts.assumeRole(known("one"), new AwsRole(ROLE.arn(), Optional.empty()))
                        .key());
        assertNotEquals(
                exchange.key(),
                sts.assumeRole(known("one"), new AwsRole("arn:aws:iam::123456789012:role/other", ROLE.externalId()))
                        .key());
        assertFalse(exchange.toString().contains(KEYS.secretAccessKey()));
        assertFalse(known("one").toString().contains(KEYS.secretAccessKey()));
    }

    private OtherPluginCredentials known(String identity) {
        return new OtherPluginCredentials(
                TokenKey.of(identity),
                "The plugin keys",
                "give the keys of 'x'",
                () -> new AccessToken(signer, Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><head><title>Sign in</title></head></html>",
                "{\"Invalidation\":{\"Id\":\"I1\",\"Status\":\"Completed\"}}",
                "<Invalidation><Id>I1</Id><Status>Completed</Status>",
                "<Invalidation><Id>I1</Id><CreateTime>2026-03-01T12:00:00Z</CreateTime></Invalidation>",
                "<Invalidation><Id>I2</Id><Status>Completed</Status><CreateTime>2026-03-01T12:00:00Z</CreateTime></Invalidation>",
                "<!DOCTYPE x [<!ENTITY e \"Completed\">]><Invalidation><Id>I1</Id><Status>&e;</Status></Invalidation>"
            })
    void anUnknownResponseIsNoSuccess(String body) {
        ApiException problem = TestResponses.refused(client.get(TARGET, "I1"), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(sts.callerIdentity(), TestResponses.answer(200, body))
                        .kind());
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(sts.assumeRole(KEYS, ROLE).call(), TestResponses.answer(200, body))
                        .kind());
    }

    @Test
    void aNewStatusIsNeitherSuccessNorEnd() {
        Invalidation invalidation = new Invalidation("I1", "Queued", "", 1, false);
        assertEquals(RemoteStatus.UNKNOWN, invalidation.remoteStatus());
    }

    private static String grantedKeys(String id, String secret, String token, String expiration) {
        return "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
                .formatted(id, secret, token, expiration);
    }

    @ParameterizedTest
    @CsvSource({
        "ASIA000000000000, granted-secret, granted-token, 2026-03-01T11:00:00Z",
        "ASIA000000000000, granted-secret, granted-token, soon",
        "ASIA, granted-secret, granted-token, 2026-03-01T13:00:00Z",
        "ASIA000000000000, granted secret, granted-token, 2026-03-01T13:00:00Z",
        "ASIA000000000000, granted-secret, '', 2026-03-01T13:00:00Z"
    })
    void keysThatCannotBeUsedAreToldWithoutThem(String id, String secret, String token, String expiration) {
        ApiException problem = TestResponses.refused(
                sts.assumeRole(KEYS, ROLE).call(),
                TestResponses.answer(200, grantedKeys(id, secret, token, expiration)));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertFalse(problem.getMessage().contains("granted-"), problem.getMessage());
        assertFalse(problem.getMessage().contains("granted secret"), problem.getMessage());
    }

    /** The lifetime counts by the clock of AWS. */
    @Test
    void aClockThatIsWrongChangesNoLifetime() {
        ApiCall<AccessToken> call = sts.assumeRole(KEYS, ROLE).call();
        Outcome<AccessToken> outcome = call.read(
                TestResponses.answer(
                        200,
                        grantedKeys("ASIA000000000000", "granted-secret", "granted-token", "2026-03-01T13:10:00Z"),
                        "Date",
                        "Sun, 01 Mar 2026 12:10:00 GMT"),
                Redactor.NONE);
        assertEquals(
                Duration.ofHours(1),
                ((Outcome.Success<AccessToken>) outcome).value().lifetime());
    }

    private static String error(String code, String message) {
        return "<ErrorResponse xmlns=\"urn:x\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>"
                .formatted(code, message);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, RATE_LIMITED",
        "400, ThrottlingException, RATE_LIMITED",
        "400, TooManyInvalidationsInProgress, BUSY",
        "400, IDPCommunicationError, RATE_LIMITED",
        "400, InvalidArgument, REFUSED",
        "413, BatchTooLarge, REFUSED",
        "500, InternalFailure, SERVER_ERROR",
        "503, ServiceUnavailable, UNAVAILABLE"
    })
    void theCodeDecides(int status, String code, Kind kind) {
        ApiException problem =
                TestResponses.refused(client.get(TARGET, "I1"), TestResponses.answer(status, error(code, "m")));
        assertEquals(kind, problem.kind());
        assertEquals(Optional.of(code), problem.code());
    }

    @ParameterizedTest
    @CsvSource({
        "403, ExpiredToken, true",
        "400, ExpiredTokenException, true",
        "403, InvalidClientTokenId, true",
        "403, AccessDenied, false",
        "400, Throttling, false"
    })
    void knowsWhenTemporaryKeysWereRefused(int status, String code, boolean refused) {
        ApiException problem =
                TestResponses.refused(client.get(TARGET, "I1"), TestResponses.answer(status, error(code, "m")));
        assertEquals(refused, problem.isTokenRefused());
    }

    @Test
    void errorsOfGatewaysAreErrorsAsWell() {
        ApiException html = TestResponses.refused(
                client.get(TARGET, "I1"), TestResponses.answer(403, "<html><body><h1>Forbidden</h1></body></html>"));
        assertEquals(
                "Amazon CloudFront was asked to show invalidation I1 of distribution EDFDVBD6EXAMPLE and answered HTTP 403. Check what the credentials are allowed to do.",
                html.getMessage());
        ApiException plain = TestResponses.refused(
                client.get(TARGET, "I1"),
                TestResponses.answer(404, "<Error><Code>NoSuchInvalidation</Code><Message>x</Message></Error>"));
        assertEquals(Optional.of("NoSuchInvalidation"), plain.code());
    }

    @ParameterizedTest
    @CsvSource({
        "RequestExpired, Request has expired, 2026-03-01T12:00:00Z",
        "SignatureDoesNotMatch, Signature expired: 20260301T115000Z is now earlier than 20260301T120500Z (20260301T121000Z - 5 min.), 2026-03-01T11:50:00Z",
        "SignatureDoesNotMatch, Signature not yet current: 20260301T122000Z is still later than 20260301T121500Z (20260301T121000Z + 5 min.), 2026-03-01T12:20:00Z"
    })
    void tellsBothClocks(String code, String message, String ours) {
        ApiException problem = TestResponses.refused(
                client.get(TARGET, "I1"),
                TestResponses.answer(403, error(code, message), "Date", "Sun, 01 Mar 2026 12:10:00 GMT"));
        assertThat(
                problem.getMessage(),
                containsString(
                        "The clock of the controller says %s, that of AWS 2026-03-01T12:10:00Z: set the controller's."
                                .formatted(ours)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edfdvbd6example",
                "E1",
                "EDFDVBD6EXAMPLE/x",
                "arn:aws:cloudfront::1:distribution/E1",
                "E DFDVBD6"
            })
    void refusesOtherDistributionIds(String id) {
        assertThrows(InvalidInputException.class, () -> CloudFrontTarget.of(id, null));
        assertThrows(InvalidInputException.class, () -> CloudFrontTarget.of(id, CloudFrontSimulator.DEMO_TENANT));
    }

    @Test
    void aTenantNeedsNoDistribution() {
        assertEquals(
                "distribution tenant dt_2wjMUbg3NHZEQ7OfoalP5zi1AB",
                CloudFrontTarget.of("", CloudFrontSimulator.DEMO_TENANT).toString());
        assertThrows(InvalidInputException.class, () -> CloudFrontTarget.of(null, " "));
        assertThrows(InvalidInputException.class, () -> CloudFrontTarget.of("EDFDVBD6EXAMPLE", "tenant"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role/x",
                "arn:aws:iam::123456789012:user/x",
                "arn:aws:iam::1234:role/x",
                "arn:gcp:iam::123456789012:role/x",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:iam::123456789012:role/x y"
            })
    void refusesOtherRoles(String arn) {
        assertThrows(InvalidInputException.class, () -> AwsRole.of(arn, null));
    }

    @Test
    void anExternalIdBelongsToARole() {
        assertEquals(Optional.empty(), AwsRole.of("", " "));
        assertEquals(
                Optional.of(new AwsRole("arn:aws-cn:iam::123456789012:role/a/b", Optional.of("id:1"))),
                AwsRole.of("arn:aws-cn:iam::123456789012:role/a/b", "id:1"));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> AwsRole.of(null, "id"));
        assertEquals("externalId: belongs to a role, so roleArn must be given, too", problem.getMessage());
        assertThrows(InvalidInputException.class, () -> AwsRole.of(KEYLESS, "i"));
        assertThrows(InvalidInputException.class, () -> AwsRole.of(KEYLESS, "a b"));
    }
}
