package io.jenkins.plugins.cachepurge.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens that the engine fetches, against a service that grants and checks them. */
class AccessTokensTest {

    private static final String ID_TOKEN = "the-id-token-of-a-job";
    private static final ApiUrl API = ApiUrl.of("https://api.example.org");
    private static final HttpUrl TOKEN_URL = HttpUrl.get("https://login.example.org/token");

    /** Result of a page that was read. */
    private record Page(String text) implements OperationResult {
        @Override
        public Serializable toPipelineValue() {
            return text;
        }

        @Override
        public LocalizedText summary() {
            return LocalizedText.inOneLanguage(text);
        }
    }

    /** Grants tokens that are numbered, and has one page for who carries a valid one. */
    private final class TokenService implements SimService {
        private final Set<String> valid = new HashSet<>();
        private final List<String> used = new ArrayList<>();
        private String tokenResponse = "";
        private boolean refusesAll;
        private int granted;

        @Override
        public String name() {
            return "Token service";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return request.path().equals("/token") ? grant(request) : page(request);
        }

        private SimResponse grant(SimRequest request) {
            if (!request.bodyText().equals("grant_type=exchange&subject_token=" + ID_TOKEN)) {
                return SimResponse.json(401, Map.of("error", "bad assertion " + request.bodyText()));
            }
            granted++;
            String token = "granted-token-number-" + granted;
            valid.add(token);
            return tokenResponse.isEmpty()
                    ? SimResponse.json(200, Map.of("access_token", token, "expires_in", 3600))
                    : SimResponse.text(200, "application/json", tokenResponse);
        }

        private SimResponse page(SimRequest request) {
            String token = request.header("Authorization").orElse("").replace("Bearer ", "");
            used.add(token);
            return valid.contains(token) && !refusesAll
                    ? SimResponse.json(200, Map.of("content", "read with " + token))
                    : SimResponse.json(401, Map.of("error", "no such token " + token));
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final TokenService service = new TokenService();
    private final FaultInjectingService faults = new FaultInjectingService(service);

    private EngineHarness harness(DriverKind kind) {
        EngineHarness harness = new EngineHarness(kind, time, faults, Signer.NONE);
        harness.lookUpCredentials(AccessTokensTest::exchange);
        return harness;
    }

    private static Authentication exchange() {
        return new TokenExchange(TokenKey.of(TOKEN_URL.toString(), ID_TOKEN), tokenCall(), subjectToken());
    }

    private static Signer subjectToken() {
        return Signer.form(Map.of("subject_token", ID_TOKEN));
    }

    private static ApiCall<AccessToken> tokenCall() {
        return new ApiCall<>(
                "Login",
                "grant an access token",
                ApiRequest.post(TOKEN_URL, ApiBody.form(Map.of("grant_type", "exchange"))),
                (json, response) -> {
                    if (!json.path("access_token").isTextual()) {
                        throw new UnreadableResponseException("no access_token");
                    }
                    return new AccessToken(
                            Signer.bearer(json.path("access_token").textValue()),
                            Duration.ofSeconds(json.path("expires_in").asLong()));
                },
                (response, json) -> ServiceError.of(json.path("error").asText()),
                Idempotency.IDEMPOTENT);
    }

    private static Operation<?, Page> read() {
        ApiCall<Page> call = new ApiCall<>(
                "Example",
                "show a page",
                ApiRequest.get(API.resolve("page")),
                (json, response) -> new Page(json.path("content").asText()),
                (response, json) -> ServiceError.of(json.path("error").asText()),
                Idempotency.IDEMPOTENT);
        return Operation.ofCall(new OperationDescription("Example", OperationKind.STATUS, "a page"), call);
    }

    private static ApiException problem(OperationOutcome<?> outcome) {
        assertNotNull(outcome.problem());
        return (ApiException) outcome.problem();
    }

    @ParameterizedTest
    @EnumSource
    void sharesOneUntilFiveMinutesBeforeItsEnd(DriverKind kind) {
        EngineHarness harness = harness(kind);
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        time.sleep(Duration.ofMinutes(54));
        harness.run(read());
        assertEquals(1, service.granted);
        time.sleep(Duration.ofMinutes(1));
        harness.run(read());
        assertEquals(2, service.granted);
        assertEquals(
                List.of("granted-token-number-1", "granted-token-number-1", "granted-token-number-2"), service.used);
    }

    @Test
    void isFetchedOnceForAllWhoWait() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        List<RecordingCallback<Page>> ends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RecordingCallback<Page> end = new RecordingCallback<>();
            ends.add(end);
            harness.async(harness.session(read(), Duration.ofMinutes(5)), end).start();
        }
        time.runAll();
        ends.forEach(end ->
                assertEquals("read with ****", end.single().result().summary().toString()));
        assertEquals(1, service.granted);
    }

    @Test
    void anotherSecretGetsAnotherOne() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        harness.run(read());
        harness.lookUpCredentials(() -> new TokenExchange(TokenKey.of("other"), tokenCall(), subjectToken()));
        harness.run(read());
        assertEquals(2, service.granted);
    }

    @ParameterizedTest
    @EnumSource
    void isFetchedAnewOnceAfterARefusal(DriverKind kind) {
        EngineHarness harness = harness(kind);
        harness.run(read());
        service.valid.clear();
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertEquals(2, service.granted);
        service.refusesAll = true;
        ApiException refused = problem(harness.run(read()));
        assertEquals(ApiException.Kind.REFUSED, refused.kind());
        assertEquals(
                "Example was asked to show a page and answered HTTP 401: no such token ****. Check that the credentials are the right ones and have not expired.",
                refused.getMessage());
        assertEquals(3, service.granted);
        assertEquals(2 + 1 + 2, service.used.size());
    }

    @Test
    void renewalThatFailsForNowUsesTheEarlierOne() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        harness.run(read());
        time.sleep(Duration.ofMinutes(56));
        faults.failNext(UsualFaults.unavailable());
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertEquals(List.of("granted-token-number-1", "granted-token-number-1"), service.used);
    }

    @ParameterizedTest
    @EnumSource
    void hangingTokenEndpointIsAskedAgainUntilTheDeadline(DriverKind kind) {
        EngineHarness harness = harness(kind);
        faults.failNext(UsualFaults.stall()).failNext(UsualFaults.unavailable()).failNext(UsualFaults.actThenCut());
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertThat(harness.consoleText(), containsString("Login was asked to grant an access token"));
        for (int i = 0; i < 10; i++) {
            faults.failNext(UsualFaults.stall());
        }
        time.sleep(Duration.ofHours(1));
        ApiException late = problem(harness.run(read(), Duration.ofSeconds(100)));
        assertEquals(ApiException.Kind.TIMED_OUT, late.kind());
        assertThat(
                late.getMessage(),
                containsString(
                        "Last known: Login was asked to grant an access token but no complete response arrived from POST https://login.example.org/token"));
    }

    @ParameterizedTest
    @EnumSource
    void nonsenseIsATypedError(DriverKind kind) {
        for (String nonsense : List.of(
                "{\"access_token\":7}", "<html>login</html>", "", "{\"access_token\":\"x\",\"expires_in\":0}", "[]")) {
            EngineHarness harness = harness(kind);
            service.tokenResponse = nonsense.isEmpty() ? " " : nonsense;
            ApiException unreadable = problem(harness.run(read()));
            assertEquals(ApiException.Kind.UNREADABLE, unreadable.kind(), nonsense);
            assertThat(unreadable.getMessage(), containsString("Login was asked to grant an access token"));
        }
        assertEquals(List.of(), service.used);
    }

    @Test
    void refusalOfTheCredentialsIsToldWithoutThem() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        String wrong = "another-secret-token";
        harness.lookUpCredentials(
                () -> new TokenExchange(TokenKey.of(wrong), tokenCall(), Signer.form(Map.of("subject_token", wrong))));
        ApiException refused = problem(harness.run(read()));
        assertEquals(
                "Login was asked to grant an access token and answered HTTP 401: bad assertion grant_type=exchange&subject_token=****. Check that the credentials are the right ones and have not expired.",
                refused.getMessage());
        assertThat(harness.consoleText(), not(containsString(wrong)));
    }

    @Test
    void oneTokenMayBeExchangedForAnother() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        harness.lookUpCredentials(() -> new TokenExchange(
                TokenKey.of("second step"),
                new ApiCall<>(
                        "Impersonation",
                        "grant a second token",
                        ApiRequest.get(API.resolve("page")),
                        (json, response) ->
                                new AccessToken(Signer.bearer("granted-token-number-1"), Duration.ofHours(1)),
                        (response, json) -> ServiceError.of(""),
                        Idempotency.IDEMPOTENT),
                exchange()));
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertEquals(List.of("granted-token-number-1", "granted-token-number-1"), service.used);
    }

    private final List<Runnable> blocked = new ArrayList<>();
    private int resolved;

    private static AccessToken known(TokenService service, Duration lifetime) {
        String token = "resolved-token-number-" + (service.valid.size() + 1);
        service.valid.add(token);
        return new AccessToken(Signer.bearer(token), lifetime);
    }

    private Authentication pluginCredentials(OtherPluginCredentials.Resolver resolver) {
        return new OtherPluginCredentials(
                TokenKey.of("some credentials"), "The plugin keys", "give the keys of 'x'", () -> {
                    resolved++;
                    return resolver.resolve();
                });
    }

    @ParameterizedTest
    @EnumSource
    void codeOfOthersIsAskedOnceForAll(DriverKind kind) {
        EngineHarness harness = harness(kind);
        harness.lookUpCredentials(() -> pluginCredentials(() -> known(service, Duration.ofMinutes(10))));
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        time.sleep(Duration.ofMinutes(4));
        harness.run(read());
        assertEquals(1, resolved);
        time.sleep(Duration.ofMinutes(2));
        harness.run(read());
        assertEquals(2, resolved);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersKnewIsAskedAnewOnceAfterARefusal(DriverKind kind) {
        EngineHarness harness = harness(kind);
        harness.lookUpCredentials(() -> pluginCredentials(() -> known(service, Duration.ofMinutes(10))));
        harness.run(read());
        service.valid.remove("resolved-token-number-1");
        service.valid.add("another one that is valid");
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertEquals(2, resolved);
        service.refusesAll = true;
        assertEquals(ApiException.Kind.REFUSED, problem(harness.run(read())).kind());
        assertEquals(3, resolved);
    }

    @ParameterizedTest
    @EnumSource
    void codeOfOthersThatFailsIsOneLineWithoutWhatItSays(DriverKind kind) {
        EngineHarness harness = harness(kind);
        harness.lookUpCredentials(() -> pluginCredentials(() -> {
            throw new IllegalStateException("cannot use the secret hunter2");
        }));
        ApiException failed = problem(harness.run(read()));
        assertEquals(
                "The plugin keys was asked to give the keys of 'x' and failed (IllegalStateException).",
                failed.getMessage());
        harness.lookUpCredentials(() -> pluginCredentials(() -> {
            throw new NoClassDefFoundError("example/Missing");
        }));
        assertThat(problem(harness.run(read())).getMessage(), containsString("failed (NoClassDefFoundError)"));
        assertEquals(List.of(), service.used);
    }

    @ParameterizedTest
    @EnumSource
    void codeOfOthersThatBlocksIsAskedOnceAndWhatItSaysLateIsUsed(DriverKind kind) {
        EngineHarness harness = harness(kind);
        harness.resolveOn(blocked::add);
        harness.lookUpCredentials(() -> pluginCredentials(() -> known(service, Duration.ofMinutes(10))));
        ApiException late = problem(harness.run(read(), Duration.ofMinutes(5)));
        assertEquals(ApiException.Kind.TIMED_OUT, late.kind());
        assertThat(
                late.getMessage(),
                containsString(
                        "Last known: The plugin keys was asked to give the keys of 'x' and did not answer within 60 s."));
        assertEquals(1, blocked.size());
        blocked.remove(0).run();
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        assertEquals(1, resolved);
    }

    @Test
    void whatOthersKnowMayBeExchangedForAToken() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        Authentication known = pluginCredentials(() -> new AccessToken(subjectToken(), Duration.ofMinutes(10)));
        harness.lookUpCredentials(() -> new TokenExchange(TokenKey.of("second step"), tokenCall(), known));
        assertEquals("read with ****", harness.run(read()).result().summary().toString());
        harness.run(read());
        assertEquals(1, service.granted);
        assertEquals(1, resolved);
    }

    @Test
    void hidesTheCredentialsToo() {
        EngineHarness harness = harness(DriverKind.ASYNC);
        List<Outcome<Signer>> outcomes = new ArrayList<>();
        harness.dependencies().tokens().authenticate(exchange(), "", outcomes::add);
        time.runAll();
        Signer signer = ((Outcome.Success<Signer>) outcomes.get(0)).value();
        assertEquals("**** ****", signer.secrets().redact("granted-token-number-1 " + ID_TOKEN));
        assertTrue(signer.token().isPresent());
    }
}
