package io.jenkins.plugins.cachepurge.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiObjectType;
import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributionClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsRole;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.cloudfront.StsClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeType;
import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever JSON a service answers with whatever status, there is an outcome, and a problem is told in one short line.
 * The answers are made from a seed, which a failure names: {@code -Dodd.seed=7} makes others.
 */
class UnexpectedResponsesTest {

    private static final long SEED = Long.getLong("odd.seed", 20_260_301);
    private static final int ANSWERS = 1_500;

    private static final List<String> NAMES = List.of(
            "id",
            "status",
            "name",
            "url",
            "html_url",
            "pipeline_id",
            "assets",
            "all",
            "created_at",
            "updated_at",
            "purge_requests",
            "total_count",
            "errors",
            "message",
            "type",
            "details",
            "argument_name",
            "reason",
            "help_message",
            "reset_seconds",
            "limit",
            "resource",
            "error_code",
            "storage_status",
            "deployment_status",
            "deployment_error",
            "deployment_desired_status",
            "delay_until",
            "start_date",
            "finish_date",
            "last_execution_status",
            "success",
            "Id",
            "Count",
            "ErrorKey",
            "Message",
            "cname",
            "purge_id",
            "payload",
            "urls",
            "paths",
            "created",
            "results",
            "next",
            "result",
            "code",
            "error_chain",
            "msg",
            "detail",
            "description",
            "zone",
            "data");

    private static final List<Object> VALUES = List.of(
            "",
            " ",
            "done",
            "pending",
            "SUCCESSFUL",
            "INITIAL",
            "Cleared",
            "not_found",
            "\u0000\u001b[31m\n\r\u2028\u202e",
            "x".repeat(5000),
            "2026-03-01T12:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "2026-13-45",
            true,
            false,
            0L,
            -1L,
            1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Double.MAX_VALUE,
            1.5,
            "\ud800",
            "${jndi}",
            "%s%n",
            "<script>");

    private static final List<String> RETRY_AFTER = List.of(
            "",
            "0",
            "-1",
            "5",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "soon",
            "1.5",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "\u00e9");

    /** One for all: making one takes longer than what it is asked for. */
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final List<JsonNode> NODES =
            VALUES.stream().<JsonNode>map(MAPPER::valueToTree).toList();

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    static List<ApiCall<?>> calls() {
        ApiUrl url = ApiUrl.of("https://api.example.org");
        BuddyClient buddy = new BuddyClient(url);
        BuddyPipelineRef pipeline = new BuddyPipelineRef("acme", "website", 2);
        ScalewayClient scaleway = new ScalewayClient(url);
        GotipathClient gotipath = new GotipathClient(url);
        FelderaClient feldera = new FelderaClient(url, null);
        FastlyClient fastly = new FastlyClient(url);
        CloudflareClient cloudflare = new CloudflareClient(url);
        AkamaiClient akamai = new AkamaiClient(url, AkamaiNetwork.PRODUCTION, Optional.empty());
        KeyCdnClient keyCdn = new KeyCdnClient(url);
        BunnyClient bunny = new BunnyClient(url);
        GcoreClient gcore = new GcoreClient(url);
        BuddyDistributionClient distributions = new BuddyDistributionClient(url);
        CloudFrontClient cloudFront = new CloudFrontClient(url);
        CloudFrontTarget target = new CloudFrontTarget(CloudFrontTarget.Type.DISTRIBUTION, "E1");
        StsClient sts = new StsClient(AwsEndpoints.DEFAULT);
        BuddyRouteRef route = new BuddyRouteRef("acme", "website", "d1", "r1");
        String id = "11111111-1111-4111-8111-111111111111";
        return List.of(
                buddy.clearCache(pipeline),
                buddy.pipeline(pipeline),
                buddy.runDelayed(pipeline, 4),
                buddy.cancel(pipeline, 4),
                buddy.execution(pipeline, 4),
                scaleway.purgeAll(id),
                scaleway.get(id),
                scaleway.list(id, SortOrder.NEWEST_FIRST, 1, 20),
                gotipath.distribution(id),
                gotipath.purgeAll(id),
                feldera.clear("orders"),
                feldera.stop("orders"),
                feldera.status("orders"),
                fastly.service(id),
                fastly.purgeAll(id),
                fastly.purgeKeys(id, List.of("name", "id"), false),
                cloudflare.zone(id),
                cloudflare.purgeAll(id, false),
                akamai.purge(AkamaiObjectType.TAG, List.of("name", "id"), true),
                akamai.rateLimit(),
                new GoogleCdnClient(url, "name", "id").urlMapName(),
                new GoogleCdnClient(url, "name", "id").operation(id),
                new GoogleCdnClient(url, "name", "id")
                        .invalidate(new GoogleCdnClient.Rule("/*", null, null), "key", "everything"),
                new AzureFrontDoorClient(url, id, "name", "name", "id").endpointInfo(),
                keyCdn.zone(1),
                keyCdn.purgeAll(1),
                bunny.pullZone(1),
                bunny.pullZoneCount(),
                bunny.purgeAll(1),
                gcore.resource(1),
                gcore.purgeAll(1),
                gcore.purges("a.example", GcorePurgeType.ALL, Instant.EPOCH, 0),
                distributions.route(route),
                distributions.purgeAll(route),
                cloudFront.create(target, List.of("/a"), "path", "r"),
                cloudFront.get(target, "I1"),
                cloudFront.list(target, Optional.empty(), 10),
                sts.callerIdentity(),
                sts.assumeRole(AwsKeys.of("AKIA0000EXAMPLE0", "secret"), new AwsRole("arn", Optional.empty()))
                        .call());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void alwaysComeToAnOutcome(ApiCall<?> call) throws Exception {
        int successes = 0;
        for (long seed = SEED; seed < SEED + ANSWERS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            String body = MAPPER.writeValueAsString(any(random, 3));
            int status = random.nextBoolean() ? 200 : 100 + random.nextInt(500);
            String retry = any(random, RETRY_AFTER);
            String answer = "seed %d: HTTP %d, Retry-After: %s, ".formatted(seed, status, retry);
            Supplier<String> what = () -> answer + body;
            try {
                Outcome<?> outcome = call.read(
                        TestResponses.answer(
                                status,
                                body,
                                "Retry-After",
                                retry,
                                "X-Rate-Limit-Reset",
                                retry,
                                "Fastly-RateLimit-Reset",
                                retry),
                        Redactor.NONE);
                if (outcome instanceof Outcome.Failure<?> failed) {
                    check(failed.problem(), what);
                } else {
                    assertTrue(status >= 200 && status < 300, what);
                    successes++;
                }
            } catch (RuntimeException | StackOverflowError e) {
                fail(what.get(), e);
            }
        }
        assertTrue(successes < ANSWERS, "nothing was refused");
    }

    private static void check(ApiException problem, Supplier<String> what) {
        assertEquals(1, problem.getMessage().lines().count(), what);
        assertTrue(problem.getMessage().length() < 2_000, what);
        assertTrue(problem.getMessage().chars().noneMatch(Character::isISOControl), what);
        assertTrue(problem.retryAfter().filter(pause -> pause.isNegative()).isEmpty(), what);
    }

    private static JsonNode any(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 9)) {
            case 0 -> MAKE.nullNode();
            case 1 -> value(random);
            case 2 -> list(random, depth);
            default -> object(random, depth);
        };
    }

    private static JsonNode value(RandomGenerator random) {
        return any(random, NODES);
    }

    private static ArrayNode list(RandomGenerator random, int depth) {
        ArrayNode list = MAKE.arrayNode();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(any(random, depth - 1));
        }
        return list;
    }

    private static ObjectNode object(RandomGenerator random, int depth) {
        ObjectNode object = MAKE.objectNode();
        for (int left = random.nextInt(NAMES.size()); left > 0; left--) {
            object.set(any(random, NAMES), random.nextInt(3) == 0 ? any(random, depth - 1) : value(random));
        }
        return object;
    }

    private static <T> T any(RandomGenerator random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
