package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.cloudfront.CloudFrontHistory;
import io.jenkins.plugins.cachepurge.operation.cloudfront.CloudFrontPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedInvalidation;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import java.util.List;
import java.util.stream.IntStream;

/** CloudFront with a distribution and a tenant, and STS; an invalidation takes ten seconds. */
public final class AwsFixture {

    public static final CloudFrontTarget DISTRIBUTION =
            new CloudFrontTarget(CloudFrontTarget.Type.DISTRIBUTION, CloudFrontSimulator.DEMO_DISTRIBUTION);
    public static final AwsKeys KEYS = AwsKeys.of(SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY);

    private static final CloudFrontClient CLIENT = new CloudFrontClient(AwsEndpoints.DEFAULT.cloudFront());

    public final VirtualTime time = new VirtualTime();
    public final SimAwsAccount account = SimAwsAccount.demo(time);
    public final CloudFrontSimulator cloudFront = CloudFrontSimulator.demo(time, account);
    public final StsSimulator sts = new StsSimulator(time, account);
    public final EngineHarness harness;

    public AwsFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, new BothServices(cloudFront, sts), AwsEndpoints.DEFAULT.signer(KEYS));
    }

    /** The service that a request is for. */
    private record BothServices(CloudFrontSimulator cloudFront, StsSimulator sts) implements SimService {

        @Override
        public String name() {
            return "AWS";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return request.header("Host").orElse("").startsWith("sts.")
                    ? sts.handle(request)
                    : cloudFront.handle(request);
        }
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all(), true);
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purgePaths(int count) {
        return purge(new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, count)), true);
    }

    /** Of the prefixes /0/, /1/ and so on: 15 in each invalidation. */
    public static Operation<?, PurgeResult> purgePrefixes(int count) {
        List<String> prefixes =
                IntStream.range(0, count).mapToObj(i -> "/" + i + "/").toList();
        return purge(new PurgeSelection(SelectionType.PREFIXES, prefixes), true);
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection selection, boolean wait) {
        return purge(DISTRIBUTION, selection, wait, "execution1");
    }

    public static Operation<?, PurgeResult> purge(
            CloudFrontTarget target, PurgeSelection selection, boolean wait, String executionId) {
        return new CloudFrontPurge(CLIENT, target, selection, new PurgeOptions(false, wait, executionId)).operation();
    }

    public static Operation<?, PurgeHistoryResult> history(int limit, boolean newestFirst) {
        return new CloudFrontHistory(CLIENT, DISTRIBUTION, limit, newestFirst).operation();
    }

    /** The items of each invalidation, oldest first. */
    public List<List<String>> created() {
        return cloudFront.invalidations().stream()
                .map(RecordedInvalidation::items)
                .toList();
    }
}
