package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.GeneratedOperation;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear.Result;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An operation, a service whose end is chosen, and how to read from the service itself what became of it. */
public enum OperationUnderFaults {
    CLEAR_BUDDY_CACHE(true, false) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            BuddyFixture fixture = new BuddyFixture(kind);
            return new Expectation(
                    new PreparedCase<>(fixture.harness, fixture.time, BuddyFixture.clear(), fixture::clears),
                    result -> fixture.clears() > 0,
                    () -> false,
                    fixture::clears,
                    true);
        }
    },
    RUN_SCHEDULED(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return buddy(kind, serviceTime, finalStatus, true, false);
        }
    },
    RUN_AND_CANCEL(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return buddy(kind, serviceTime, finalStatus, true, true);
        }
    },
    START_SCHEDULED(false, false) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return buddy(kind, serviceTime, finalStatus, false, false);
        }
    },
    PURGE_SCALEWAY_PATHS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return scaleway(
                    kind,
                    serviceTime,
                    finalStatus,
                    new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, 12)),
                    true);
        }
    },
    PURGE_SCALEWAY(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return scaleway(kind, serviceTime, finalStatus, PurgeSelection.all(), true);
        }
    },
    SUBMIT_TO_SCALEWAY(true, false) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return scaleway(
                    kind,
                    serviceTime,
                    finalStatus,
                    new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, 7)),
                    false);
        }
    },
    LIST_SCALEWAY_PURGES(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            ScalewayFixture fixture = new ScalewayFixture(kind);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            ScalewayFixture.history(SortOrder.OLDEST_FIRST, 20),
                            () -> 0),
                    result -> ((PurgeHistoryResult) result)
                            .entries().stream()
                                    .map(PurgeHistoryEntry::id)
                                    .toList()
                                    .equals(fixture.scaleway.purgeRequests().stream()
                                            .map(RecordedScalewayPurge::id)
                                            .toList()),
                    () -> false,
                    () -> fixture.submitted().size(),
                    true);
        }
    },
    SHOW_SCALEWAY_PURGE(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            ScalewayFixture fixture = new ScalewayFixture(kind);
            RecordedScalewayPurge first = fixture.scaleway.purgeRequests().get(0);
            return new Expectation(
                    new PreparedCase<>(fixture.harness, fixture.time, ScalewayFixture.one(first.id()), () -> 0),
                    result -> result instanceof PurgeHistoryEntry read
                            && read.id().equals(first.id())
                            && read.status().equals(first.status(fixture.time.instant())),
                    () -> false,
                    () -> fixture.submitted().size(),
                    true);
        }
    },
    PURGE_CLOUDFRONT(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            AwsFixture fixture = new AwsFixture(kind);
            fixture.cloudFront.invalidationTakes(serviceTime);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            AwsFixture.purgePrefixes(16),
                            () -> fixture.created().size()),
                    result -> fixture.created().size() == 2,
                    () -> false,
                    () -> most(fixture.created()),
                    soon(serviceTime));
        }
    },
    PURGE_GOTIPATH_PATHS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            GotipathFixture fixture = new GotipathFixture(kind);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            GotipathFixture.purge(250),
                            () -> fixture.submitted().size()),
                    result -> Set.copyOf(fixture.submitted()).equals(Set.copyOf(batches(250, 100))),
                    () -> false,
                    () -> most(fixture.submitted()),
                    true);
        }
    },
    PURGE_GOTIPATH(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            GotipathFixture fixture = new GotipathFixture(kind);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            GotipathFixture.purgeAll(),
                            () -> fixture.submitted().size()),
                    result -> fixture.submitted().contains(List.<String>of()),
                    () -> false,
                    () -> most(fixture.submitted()),
                    true);
        }
    },
    PURGE_FASTLY_TAGS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            FastlyFixture fixture = new FastlyFixture(kind);
            List<String> tags = FastlyFixture.numbered("tag", 600);
            return requests(
                    fixture.harness,
                    fixture.time,
                    FastlyFixture.purgeTags(600),
                    fixture::submitted,
                    List.of(tags.subList(0, 256), tags.subList(256, 512), tags.subList(512, 600)));
        }
    },
    PURGE_FASTLY(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            FastlyFixture fixture = new FastlyFixture(kind);
            return requests(
                    fixture.harness, fixture.time, FastlyFixture.purgeAll(), fixture::submitted, List.of(List.of()));
        }
    },
    PURGE_CLOUDFLARE_URLS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            CloudflareFixture fixture = new CloudflareFixture(kind);
            List<String> urls = FastlyFixture.numbered("https://www.example.com/", 150);
            return requests(
                    fixture.harness,
                    fixture.time,
                    CloudflareFixture.purgeUrls(150),
                    fixture::submitted,
                    List.of(urls.subList(0, 100), urls.subList(100, 150)));
        }
    },
    PURGE_KEYCDN(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            KeyCdnFixture fixture = new KeyCdnFixture(kind);
            return requests(
                    fixture.harness, fixture.time, KeyCdnFixture.purgeAll(), fixture::submitted, List.of(List.of()));
        }
    },
    PURGE_AKAMAI(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            AkamaiFixture fixture = new AkamaiFixture(kind);
            return requests(
                    fixture.harness,
                    fixture.time,
                    AkamaiFixture.purgeAll(),
                    fixture::submitted,
                    List.of(List.of(Integer.toString(AkamaiSimulator.DEMO_CP_CODE))));
        }
    },
    PURGE_GOOGLE(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
            fixture.google.invalidationTakes(serviceTime);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            GoogleCdnFixture.purge(GoogleCdnFixture.paths(3)),
                            () -> fixture.submitted().size()),
                    result -> Set.copyOf(fixture.submitted()).equals(Set.of("/0", "/1", "/2")),
                    () -> false,
                    () -> fixture.submitted().size() > 3 ? 2 : 1,
                    soon(serviceTime));
        }
    },
    PURGE_AZURE(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            AzureFixture fixture = new AzureFixture(kind);
            fixture.azure.purgeTakes(serviceTime);
            return new Expectation(
                    new PreparedCase<>(
                            fixture.harness,
                            fixture.time,
                            AzureFixture.purgeAll(),
                            () -> fixture.submitted().size()),
                    result -> Set.copyOf(fixture.submitted()).equals(Set.of(List.of("/*"))),
                    () -> false,
                    () -> fixture.submitted().size(),
                    soon(serviceTime));
        }
    },
    PURGE_BUNNY_URLS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            BunnyFixture fixture = new BunnyFixture(kind);
            return requests(
                    fixture.harness,
                    fixture.time,
                    BunnyFixture.purge(BunnyFixture.urls(4)),
                    () -> fixture.purged().stream().map(List::of).toList(),
                    BunnyFixture.urls(4).values().stream()
                            .map(url -> List.of("URL " + url))
                            .toList());
        }
    },
    PURGE_GCORE_PATHS(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return gcore(
                    kind,
                    serviceTime,
                    finalStatus,
                    new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, 120)),
                    true);
        }
    },
    PURGE_GCORE(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return gcore(kind, serviceTime, finalStatus, PurgeSelection.all(), true);
        }
    },
    SUBMIT_TO_GCORE(true, false) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return gcore(
                    kind,
                    serviceTime,
                    finalStatus,
                    new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, 7)),
                    false);
        }
    },
    PURGE_BUDDY_ROUTE(true, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
            return requests(
                    fixture.harness, fixture.time, BuddyRouteFixture.purge(150), fixture::purged, batches(150, 100));
        }
    },
    CLEAR_FELDERA_STORAGE(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return feldera(kind, serviceTime, finalStatus, FelderaFixture.STOPPED, false, true);
        }
    },
    STOP_AND_CLEAR_FELDERA_STORAGE(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return feldera(kind, serviceTime, finalStatus, FelderaFixture.RUNNING, true, true);
        }
    },
    BEGIN_TO_CLEAR_FELDERA_STORAGE(false, false) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return feldera(kind, serviceTime, finalStatus, FelderaFixture.STOPPED, false, false);
        }
    },
    /** Its parts are those of a {@link GeneratedOperation}. */
    COMPOSED(false, true) {
        @Override
        public Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus) {
            return GeneratedOperation.SIMPLE.prepare(kind);
        }
    };

    /**
     * A service that nobody has used yet, with an operation that is about to begin.
     *
     * @param resultIsTrue whether a result matches the state of the service
     * @param failed whether the service has failed to do what it accepted
     * @param duplicates how often the service did the same thing
     * @param succeeds whether the service does what it accepts, within ten minutes
     */
    public record Expectation(
            PreparedCase<?> prepared,
            Predicate<OperationResult> resultIsTrue,
            BooleanSupplier failed,
            IntSupplier duplicates,
            boolean succeeds) {}

    private static final List<String> BUDDY_ENDS =
            List.of("SUCCESSFUL", "FAILED", "TERMINATED", "SKIPPED", "NOT_EXECUTED", "WAITING_FOR_APPLY", "EXPLODED");
    private static final List<String> GCORE_ENDS =
            List.of("Successful", "Failed", "Status report disabled", "Exploded");
    private static final List<String> SCALEWAY_ENDS = List.of("done", "error", "unknown_status", "exploded");

    private final boolean duplicatesAllowed;
    private final boolean sameResult;

    OperationUnderFaults(boolean duplicatesAllowed, boolean sameResult) {
        this.duplicatesAllowed = duplicatesAllowed;
        this.sameResult = sameResult;
    }

    /**
     * @param serviceTime how long the service needs for each request
     * @param finalStatus 0 for a service that does what it accepts, else one of the other ways in which it may end
     */
    public abstract Expectation prepare(DriverKind kind, Duration serviceTime, int finalStatus);

    public boolean duplicatesAllowed() {
        return duplicatesAllowed;
    }

    /** Whether the result is the same however long it takes to get it. */
    public boolean sameResult() {
        return sameResult;
    }

    private static boolean soon(Duration serviceTime) {
        return serviceTime.compareTo(Duration.ofMinutes(10)) <= 0;
    }

    private static Expectation buddy(
            DriverKind kind, Duration serviceTime, int finalStatus, boolean wait, boolean cancel) {
        BuddyFixture fixture = new BuddyFixture(kind);
        String end = BUDDY_ENDS.get(finalStatus % BUDDY_ENDS.size());
        fixture.buddy.executionEndsAfter(serviceTime, end);
        return new Expectation(
                new PreparedCase<>(
                        fixture.harness,
                        fixture.time,
                        BuddyFixture.run(BuddyFixture.EXECUTION, wait, cancel),
                        fixture::starts),
                result -> {
                    String said = ((BuddyExecutionResult) result).status();
                    boolean over = fixture.status().equals("SUCCESSFUL") && said.equals("SUCCESSFUL");
                    return fixture.starts() == 1
                            && (wait ? over : !List.of("FAILED", "TERMINATED").contains(said));
                },
                () -> fixture.starts() == 1 && BUDDY_ENDS.subList(1, 5).contains(fixture.status()),
                fixture::starts,
                finalStatus % BUDDY_ENDS.size() == 0 && soon(serviceTime));
    }

    private static Expectation scaleway(
            DriverKind kind, Duration serviceTime, int finalStatus, PurgeSelection what, boolean awaitEnd) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        String end = SCALEWAY_ENDS.get(finalStatus % SCALEWAY_ENDS.size());
        fixture.scaleway.purgeTakes(serviceTime, "done");
        if (!end.equals("done")) {
            fixture.scaleway.nextFinalStatuses("done", end);
        }
        List<List<String>> wanted = what.isAll() ? List.of(List.of()) : batches(what.count(), 5);
        // A request that is repeated ends with the next status.
        boolean well = end.equals("done");
        return new Expectation(
                new PreparedCase<>(
                        fixture.harness,
                        fixture.time,
                        ScalewayFixture.purge(what, awaitEnd),
                        () -> fixture.submitted().size()),
                result -> {
                    List<RecordedScalewayPurge> made = fixture.scaleway.purgeRequests();
                    List<RecordedScalewayPurge> mine = made.subList(2, made.size());
                    List<String> ids = ((PurgeResult) result)
                            .requests().stream()
                                    .map(PurgeResult.RequestResult::id)
                                    .toList();
                    boolean done = mine.stream()
                            .filter(purge -> ids.contains(purge.id()))
                            .allMatch(purge ->
                                    purge.status(fixture.time.instant()).equals("done"));
                    return Set.copyOf(fixture.submitted()).equals(Set.copyOf(wanted))
                            && ids.size() == wanted.size()
                            && mine.stream()
                                    .map(RecordedScalewayPurge::id)
                                    .toList()
                                    .containsAll(ids)
                            && (done || !awaitEnd);
                },
                () -> fixture.scaleway.purgeRequests().stream()
                        .skip(2)
                        .anyMatch(purge -> purge.status(fixture.time.instant()).equals("error")),
                () -> most(fixture.submitted()),
                well && soon(serviceTime));
    }

    private static Expectation gcore(
            DriverKind kind, Duration serviceTime, int finalStatus, PurgeSelection what, boolean awaitEnd) {
        GcoreFixture fixture = new GcoreFixture(kind);
        String end = GCORE_ENDS.get(finalStatus % GCORE_ENDS.size());
        fixture.gcore.purgeTakes(serviceTime, end);
        List<List<String>> wanted = what.count() == 0 ? List.of(List.of()) : batches(what.count(), 100);
        boolean well = end.equals("Successful") || end.equals("Status report disabled") || !awaitEnd;
        return new Expectation(
                new PreparedCase<>(
                        fixture.harness,
                        fixture.time,
                        GcoreFixture.purge(what, awaitEnd),
                        () -> fixture.submitted().size()),
                result -> Set.copyOf(fixture.submitted()).equals(Set.copyOf(wanted))
                        && (!awaitEnd
                                || fixture.gcore.purges().stream()
                                        .anyMatch(purge -> purge.status(fixture.time.instant())
                                                .equals(((PurgeResult) result).status()))),
                () -> end.equals("Failed")
                        && fixture.gcore.purges().stream()
                                .anyMatch(purge ->
                                        purge.status(fixture.time.instant()).equals(end)),
                () -> most(fixture.submitted()),
                well && soon(serviceTime));
    }

    /** Requests that may all be repeated. */
    private static Expectation requests(
            EngineHarness harness,
            VirtualTime time,
            Operation<?, PurgeResult> purge,
            Supplier<List<List<String>>> submitted,
            List<List<String>> wanted) {
        return new Expectation(
                new PreparedCase<>(harness, time, purge, () -> submitted.get().size()),
                result -> Set.copyOf(submitted.get()).equals(Set.copyOf(wanted)),
                () -> false,
                () -> most(submitted.get()),
                true);
    }

    private static Expectation feldera(
            DriverKind kind, Duration serviceTime, int finalStatus, String pipeline, boolean stop, boolean awaitEnd) {
        FelderaFixture fixture = new FelderaFixture(kind);
        fixture.feldera.stoppingTakes(serviceTime).clearingTakes(serviceTime);
        if (finalStatus % 2 == 1) {
            fixture.feldera.clearingNeverEnds();
        }
        return new Expectation(
                new PreparedCase<>(
                        fixture.harness,
                        fixture.time,
                        FelderaFixture.clear(pipeline, stop, awaitEnd),
                        () -> fixture.feldera.clears(pipeline) + fixture.feldera.stops(pipeline)),
                result -> result instanceof Result cleared
                        && fixture.feldera.clears(pipeline) == 1
                        && fixture.feldera.storageStatus(pipeline).equals(cleared.storageStatus())
                        && fixture.feldera.deploymentStatus(pipeline).equals("Stopped")
                        && (!awaitEnd || cleared.storageStatus().equals("Cleared")),
                () -> false,
                () -> Math.max(fixture.feldera.clears(pipeline), fixture.feldera.stops(pipeline)),
                finalStatus % 2 == 0 && soon(serviceTime));
    }

    private static List<List<String>> batches(int paths, int size) {
        return java.util.stream.IntStream.iterate(0, from -> from < paths, from -> from + size)
                .mapToObj(from -> ScalewayFixture.paths(from, Math.min(paths, from + size)))
                .toList();
    }

    private static int most(List<List<String>> submitted) {
        return submitted.stream()
                .mapToInt(each -> Collections.frequency(submitted, each))
                .max()
                .orElse(0);
    }

    /** Secrets that no message may contain. */
    public static List<String> secrets() {
        return List.of(
                STANDARD.buddyToken(),
                AkamaiSimulator.DEMO_CLIENT_SECRET,
                AkamaiSimulator.DEMO_CLIENT_TOKEN,
                AkamaiSimulator.DEMO_ACCESS_TOKEN,
                AzureSimulator.DEMO_SECRET,
                "demo-azure-access-token",
                "demo-google-access-token",
                STANDARD.scalewaySecretKey(),
                STANDARD.gotipathApiKey(),
                STANDARD.felderaApiKey(),
                FastlySimulator.DEMO_TOKEN,
                CloudflareSimulator.DEMO_TOKEN,
                KeyCdnSimulator.DEMO_KEY,
                BunnySimulator.DEMO_KEY,
                GcoreSimulator.DEMO_TOKEN,
                SimAwsAccount.DEMO_SECRET_KEY);
    }
}
