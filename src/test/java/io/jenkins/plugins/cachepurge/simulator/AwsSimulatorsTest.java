package io.jenkins.plugins.cachepurge.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.HttpInternals;
import io.jenkins.plugins.cachepurge.client.http.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How strict the simulators of CloudFront and STS are. */
class AwsSimulatorsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AwsKeys KEYS = AwsKeys.of(SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY);
    private static final String LIST =
            "https://cloudfront.amazonaws.com/2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation";
    private static final String NS = " xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"";

    private final SettableClock clock = new SettableClock(NOW);
    private final SimAwsAccount account = SimAwsAccount.demo(clock);
    private final CloudFrontSimulator cloudFront = CloudFrontSimulator.demo(clock, account);
    private final StsSimulator sts = new StsSimulator(clock, account);

    private static SimRequest signed(ApiRequest request, AwsKeys keys, Instant time) {
        SignedRequest signed = SignedRequest.of(request, AwsEndpoints.DEFAULT.signer(keys), time);
        Map<String, List<String>> headers = new HashMap<>(signed.headers().toMultimap());
        headers.put("host", List.of(HttpInternals.host(signed.url())));
        byte[] body = signed.body().map(ApiBody::text).orElse("").getBytes(StandardCharsets.UTF_8);
        return SimRequest.of(signed.method(), signed.url().uri(), headers, body);
    }

    private static SimRequest list(AwsKeys keys, Instant time) {
        return signed(ApiRequest.get(HttpUrl.get(LIST)), keys, time);
    }

    private static SimRequest with(SimRequest request, String header, String value) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(header, List.of(value));
        return new SimRequest(
                request.method(), request.path(), request.query(), headers, request.body(), request.target());
    }

    private SimResponse create(String body) {
        return cloudFront.handle(signed(
                ApiRequest.post(HttpUrl.get(LIST), new ApiBody("application/xml", body)), KEYS, clock.instant()));
    }

    private static String code(SimResponse response) {
        return response.status() + " " + response.bodyText().replaceAll("(?s).*<Code>(.*)</Code>.*", "$1");
    }

    private static String batch(String paths, String reference) {
        return "<InvalidationBatch%s>%s<CallerReference>%s</CallerReference></InvalidationBatch>"
                .formatted(NS, paths, reference);
    }

    private static String paths(int quantity, String... paths) {
        return "<Paths><Quantity>%d</Quantity><Items><Path>%s</Path></Items></Paths>"
                .formatted(quantity, String.join("</Path><Path>", paths));
    }

    @Test
    void acceptsASignatureForFiveMinutes() {
        assertEquals(200, cloudFront.handle(list(KEYS, NOW)).status());
        assertEquals(200, cloudFront.handle(list(KEYS, NOW.minusSeconds(300))).status());
        assertEquals(200, cloudFront.handle(list(KEYS, NOW.plusSeconds(300))).status());
        SimResponse old = cloudFront.handle(list(KEYS, NOW.minusSeconds(301)));
        assertEquals("403 SignatureDoesNotMatch", code(old));
        assertThat(
                old.bodyText(),
                containsString(
                        "Signature expired: 20260301T095459Z is now earlier than 20260301T095500Z (20260301T100000Z - 5 min.)"));
        assertThat(
                cloudFront.handle(list(KEYS, NOW.plusSeconds(301))).bodyText(),
                containsString("Signature not yet current: 20260301T100501Z is still later than 20260301T100500Z"));
    }

    @Test
    void refusesAnyChange() {
        SimRequest good = list(KEYS, NOW);
        assertEquals("403 SignatureDoesNotMatch", code(cloudFront.handle(with(good, "host", "other.example"))));
        assertEquals("403 SignatureDoesNotMatch", code(cloudFront.handle(with(good, "x-amz-extra", "1"))));
        assertEquals("403 IncompleteSignature", code(cloudFront.handle(with(good, "x-amz-date", "now"))));
        assertEquals(
                "403 SignatureDoesNotMatch", code(cloudFront.handle(with(good, "x-amz-date", "20260301T100001Z"))));
        assertEquals("403 IncompleteSignature", code(cloudFront.handle(with(good, "authorization", "Bearer x"))));
        SimRequest post = signed(
                ApiRequest.post(HttpUrl.get(LIST), new ApiBody("application/xml", batch(paths(1, "/a"), "r"))),
                KEYS,
                NOW);
        SimRequest changed = new SimRequest(
                post.method(),
                post.path(),
                post.query(),
                post.headers(),
                batch(paths(1, "/b"), "r").getBytes(StandardCharsets.UTF_8),
                post.target());
        assertEquals("403 SignatureDoesNotMatch", code(cloudFront.handle(changed)));
        SimRequest query = new SimRequest(
                good.method(), good.path(), Map.of(), good.headers(), good.body(), good.target() + "?MaxItems=1");
        assertEquals("403 SignatureDoesNotMatch", code(cloudFront.handle(query)));
        Map<String, List<String>> unsigned = new HashMap<>(good.headers());
        unsigned.remove("authorization");
        assertEquals(
                "403 MissingAuthenticationToken",
                code(cloudFront.handle(new SimRequest(
                        good.method(), good.path(), good.query(), unsigned, good.body(), good.target()))));
    }

    @Test
    void refusesKeysOfOthers() {
        assertEquals(
                "403 InvalidClientTokenId",
                code(cloudFront.handle(list(AwsKeys.of("AKIAOTHER00000000", "secret"), NOW))));
        assertEquals(
                "403 SignatureDoesNotMatch",
                code(cloudFront.handle(list(AwsKeys.of(KEYS.accessKeyId(), "secret"), NOW))));
        SimAwsAccount.Principal granted =
                account.grant(SimAwsAccount.DEMO_ROLE, "s", Optional.of(Duration.ofMinutes(15)));
        AwsKeys temporary = new AwsKeys(granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken());
        assertEquals(200, cloudFront.handle(list(temporary, NOW)).status());
        assertEquals(
                "403 InvalidClientTokenId",
                code(cloudFront.handle(list(AwsKeys.of(granted.accessKeyId(), granted.secretAccessKey()), NOW))));
        clock.advance(Duration.ofMinutes(15));
        assertEquals("403 ExpiredToken", code(cloudFront.handle(list(temporary, clock.instant()))));
        SimRequest forSts = signed(
                ApiRequest.post(
                        HttpUrl.get("https://sts.us-east-1.amazonaws.com/"),
                        ApiBody.form(Map.of("Action", "GetCallerIdentity"))),
                KEYS,
                clock.instant());
        assertEquals("403 SignatureDoesNotMatch", code(cloudFront.handle(forSts)));
    }

    @Test
    void acceptsWhatTheModelDescribes() {
        assertEquals(
                201,
                create("<?xml version=\"1.0\"?>" + batch(paths(2, "/a", "#t"), "r1"))
                        .status());
        assertEquals(
                201,
                create(
                                "<a:InvalidationBatch xmlns:a=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><a:Paths><a:Quantity>1</a:Quantity><a:Items><a:Path>/b</a:Path></a:Items></a:Paths><a:CallerReference>r2</a:CallerReference></a:InvalidationBatch>")
                        .status());
        assertEquals("400 InvalidationBatchAlreadyExists", code(create(batch(paths(1, "/c"), "r1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not XML",
                "{\"Paths\":[]}",
                "<InvalidationBatch><Paths/></InvalidationBatch>",
                "<Batch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"/>",
                "<!DOCTYPE x><InvalidationBatch/>"
            })
    void refusesOtherDocuments(String body) {
        assertEquals("400 MalformedInput", code(create(body)));
    }

    @Test
    void refusesAnotherOrderNamespaceOrNumber() {
        assertEquals(
                "400 MalformedInput",
                code(create("<InvalidationBatch%s><CallerReference>r</CallerReference>%s</InvalidationBatch>"
                        .formatted(NS, paths(1, "/a")))));
        assertEquals(
                "400 MalformedInput",
                code(create(batch("<Paths><Items><Path>/a</Path></Items><Quantity>1</Quantity></Paths>", "r"))));
        assertEquals(
                "400 MalformedInput", code(create(batch(paths(1, "/a"), "r").replace("/2020-05-31/", "/2019-03-26/"))));
        assertEquals("400 InconsistentQuantities", code(create(batch(paths(2, "/a"), "r"))));
        assertEquals("400 InvalidArgument", code(create(batch(paths(1, "/a"), ""))));
        assertEquals("400 MissingBody", code(create("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/a*b", "/ü", "/a b", "#", "#a,b", "#a*", ""})
    void refusesOtherPaths(String path) {
        assertEquals("400 InvalidArgument", code(create(batch(paths(1, path), "r"))));
    }

    @ParameterizedTest
    @CsvSource({"3000, 0, 201", "2999, 1, 201", "2999, 2, 400", "3001, 0, 400", "0, 15, 201", "0, 16, 400"})
    void limitsWhatIsInProgress(int paths, int wildcards, int status) {
        String[] all = new String[paths + wildcards];
        for (int i = 0; i < all.length; i++) {
            all[i] = "/" + i + (i < paths ? "" : "/*");
        }
        SimResponse response = create(batch(paths(all.length, all), "r"));
        assertEquals(status, response.status());
        if (status == 201) {
            assertEquals(wildcards == 0 && paths < 3_000 || paths == 0 && wildcards < 15 ? 201 : 400, fill(wildcards));
            clock.advance(Duration.ofSeconds(10));
            assertEquals(201, create(batch(paths(1, "/more/*"), "later")).status());
        } else {
            assertEquals("400 TooManyInvalidationsInProgress", code(response));
        }
    }

    private int fill(int wildcards) {
        return create(batch(paths(1, wildcards == 0 ? "/more" : "/more/*"), "now"))
                .status();
    }

    private SimResponse form(Map<String, String> fields) {
        return sts.handle(signed(
                ApiRequest.post(HttpUrl.get("https://sts.us-east-1.amazonaws.com/"), ApiBody.form(fields)), KEYS, NOW));
    }

    @Test
    void stsRefusesWhatItsActionsDoNotHave() {
        assertEquals("400 InvalidAction", code(form(Map.of("Action", "GetCallerIdentity"))));
        assertEquals("400 InvalidAction", code(form(Map.of("Action", "Other", "Version", "2011-06-15"))));
        assertEquals(
                "400 ValidationError",
                code(form(Map.of("Action", "GetCallerIdentity", "Version", "2011-06-15", "X", "y"))));
        assertEquals(
                "400 ValidationError",
                code(form(Map.of(
                        "Action", "AssumeRole", "Version", "2011-06-15", "RoleArn", "x", "RoleSessionName", "s"))));
        assertEquals(
                "403 AccessDenied",
                code(form(Map.of(
                        "Action",
                        "AssumeRole",
                        "Version",
                        "2011-06-15",
                        "RoleArn",
                        SimAwsAccount.DEMO_ROLE,
                        "RoleSessionName",
                        "session"))));
    }
}
