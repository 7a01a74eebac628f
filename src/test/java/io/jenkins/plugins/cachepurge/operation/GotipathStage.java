package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.GotipathSimulator;
import java.util.List;
import java.util.Optional;

/** Gotipath with a distribution; a hundred paths at most in a request. */
final class GotipathStage {

    static final String DISTRIBUTION = STANDARD.gotipathDistributionId();

    private static final int PATHS_PER_REQUEST = 100;

    final VirtualTime time = new VirtualTime();
    final GotipathSimulator gotipath = STANDARD.gotipath(time);
    final Bench bench;

    GotipathStage(DriverKind kind) {
        bench = new Bench(
                kind,
                time,
                gotipath,
                GotipathClient.authentication(
                        STANDARD.gotipathClientId(),
                        STANDARD.gotipathLibraryId(),
                        STANDARD.gotipathApiKey(),
                        Optional.empty()));
    }

    static Operation<PurgeResult> purgeAll() {
        return purge(new PurgeSelection.Everything());
    }

    /** Of the paths /0, /1 and so on. */
    static Operation<PurgeResult> purge(int paths) {
        return purge(new PurgeSelection.Paths(ScalewayStage.paths(0, paths)));
    }

    static Operation<PurgeResult> purge(PurgeSelection what) {
        return new PurgeInTurn(new GotipathPurge(
                new GotipathClient(ApiUrl.of("https://gotipath.example")),
                DISTRIBUTION,
                "path",
                new Batches(what, PATHS_PER_REQUEST)));
    }

    /** The paths of each purge that was taken, oldest first; none is everything. */
    List<List<String>> submitted() {
        return gotipath.purges().stream()
                .map(io.jenkins.plugins.cachepurge.simulator.GotipathPurge::paths)
                .toList();
    }
}
