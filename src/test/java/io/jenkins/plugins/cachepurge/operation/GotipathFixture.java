package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.GotipathSimulator;
import java.util.List;
import java.util.Optional;

/** Gotipath with a distribution; a hundred paths at most in a request. */
public final class GotipathFixture {

    public static final String DISTRIBUTION = STANDARD.gotipathDistributionId();

    private static final int PATHS_PER_REQUEST = 100;

    public final VirtualTime time = new VirtualTime();
    public final GotipathSimulator gotipath = STANDARD.gotipath(time);
    public final EngineHarness harness;

    public GotipathFixture(DriverKind kind) {
        harness = new EngineHarness(
                kind,
                time,
                gotipath,
                GotipathClient.authentication(
                        STANDARD.gotipathClientId(),
                        STANDARD.gotipathLibraryId(),
                        STANDARD.gotipathApiKey(),
                        Optional.empty()));
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all());
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purge(int paths) {
        return purge(new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, paths)));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return new GotipathPurge(
                        new GotipathClient(ApiUrl.of("https://gotipath.example")),
                        DISTRIBUTION,
                        "path",
                        new Batches(what, PATHS_PER_REQUEST))
                .operation();
    }

    /** The paths of each purge that was taken, oldest first; none is everything. */
    public List<List<String>> submitted() {
        return gotipath.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.RecordedGotipathPurge::paths)
                .toList();
    }
}
