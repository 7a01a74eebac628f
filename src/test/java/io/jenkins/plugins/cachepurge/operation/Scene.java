package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import java.time.Duration;
import java.util.function.Function;

/** Every operation that there is, with what it does to the service when nothing goes wrong. */
enum Scene {
    CLEAR_BUDDY_CACHE(Twice.IS_HARMLESS, 1, kind -> {
        BuddyStage stage = new BuddyStage(kind);
        return new Play<>(stage.bench, stage.time, BuddyStage.clear(), stage::clears);
    }),
    RUN_SCHEDULED_EXECUTION(Twice.IS_WRONG, 1, kind -> {
        BuddyStage stage = new BuddyStage(kind);
        return new Play<>(stage.bench, stage.time, BuddyStage.run(), stage::starts);
    }),
    START_SCHEDULED_EXECUTION(Twice.IS_WRONG, 1, kind -> {
        BuddyStage stage = new BuddyStage(kind);
        stage.buddy.executionEndsAfter(Duration.ofDays(9), "SUCCESSFUL");
        return new Play<>(stage.bench, stage.time, BuddyStage.run(BuddyStage.EXECUTION, false, false), stage::starts);
    }),
    PURGE_SCALEWAY_PATHS(Twice.IS_WRONG, 3, kind -> {
        ScalewayStage stage = new ScalewayStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                ScalewayStage.purge(12),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_SCALEWAY(Twice.IS_WRONG, 1, kind -> {
        ScalewayStage stage = new ScalewayStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                ScalewayStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    LIST_SCALEWAY_PURGES(Twice.IS_WRONG, 0, kind -> {
        ScalewayStage stage = new ScalewayStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                ScalewayStage.history(PurgeOrder.NEWEST_FIRST, 20),
                () -> stage.submitted().size());
    }),
    SHOW_SCALEWAY_PURGE(Twice.IS_WRONG, 0, kind -> {
        ScalewayStage stage = new ScalewayStage(kind);
        String id = stage.scaleway.purgeRequests().get(0).id();
        return new Play<>(
                stage.bench,
                stage.time,
                ScalewayStage.one(id),
                () -> stage.submitted().size());
    }),
    PURGE_GOTIPATH_PATHS(Twice.IS_HARMLESS, 3, kind -> {
        GotipathStage stage = new GotipathStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                GotipathStage.purge(250),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_GOTIPATH(Twice.IS_HARMLESS, 1, kind -> {
        GotipathStage stage = new GotipathStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                GotipathStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_FASTLY_TAGS(Twice.IS_HARMLESS, 2, kind -> {
        FastlyStage stage = new FastlyStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                FastlyStage.purgeTags(300),
                () -> stage.submitted().size());
    }),
    PURGE_FASTLY_URLS(Twice.IS_HARMLESS, 3, kind -> {
        FastlyStage stage = new FastlyStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                FastlyStage.purgeUrls(3),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_FASTLY(Twice.IS_HARMLESS, 1, kind -> {
        FastlyStage stage = new FastlyStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                FastlyStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_CLOUDFLARE_URLS(Twice.IS_HARMLESS, 3, kind -> {
        CloudflareStage stage = new CloudflareStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                CloudflareStage.purgeUrls(250),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_CLOUDFLARE(Twice.IS_HARMLESS, 1, kind -> {
        CloudflareStage stage = new CloudflareStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                CloudflareStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_KEYCDN_TAGS(Twice.IS_HARMLESS, 2, kind -> {
        KeyCdnStage stage = new KeyCdnStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                KeyCdnStage.purgeTags(20),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_KEYCDN(Twice.IS_HARMLESS, 1, kind -> {
        KeyCdnStage stage = new KeyCdnStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                KeyCdnStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_BUNNY_URLS(Twice.IS_HARMLESS, 3, kind -> {
        BunnyStage stage = new BunnyStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                BunnyStage.purge(BunnyStage.urls(3)),
                () -> stage.purged().size());
    }),
    PURGE_GCORE_PATHS(Twice.IS_WRONG, 2, kind -> {
        GcoreStage stage = new GcoreStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                GcoreStage.purge(120),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_GCORE(Twice.IS_WRONG, 1, kind -> {
        GcoreStage stage = new GcoreStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                GcoreStage.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_BUDDY_ROUTE(Twice.IS_HARMLESS, 2, kind -> {
        BuddyRouteStage stage = new BuddyRouteStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                BuddyRouteStage.purge(101),
                () -> stage.purged().size());
    }),
    PURGE_CACHES(Twice.IS_HARMLESS, 3, kind -> {
        CachesStage stage = new CachesStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                CachesStage.purge(1, 3),
                () -> stage.purged().size());
    }),
    CLEAR_FELDERA_STORAGE(Twice.IS_WRONG, 1, kind -> {
        FelderaStage stage = new FelderaStage(kind);
        return new Play<>(
                stage.bench, stage.time, FelderaStage.clear(), () -> stage.feldera.clears(FelderaStage.STOPPED));
    }),
    STOP_AND_CLEAR_FELDERA_STORAGE(Twice.IS_WRONG, 2, kind -> {
        FelderaStage stage = new FelderaStage(kind);
        return new Play<>(
                stage.bench,
                stage.time,
                FelderaStage.stopAndClear(),
                () -> stage.feldera.clears(FelderaStage.RUNNING) + stage.feldera.stops(FelderaStage.RUNNING));
    });

    /** What it means when the service does again what it did already. */
    enum Twice {
        IS_WRONG,
        IS_HARMLESS
    }

    private final Twice twice;
    private final int effects;
    private final Function<DriverKind, Play<?>> play;

    Scene(Twice twice, int effects, Function<DriverKind, Play<?>> play) {
        this.twice = twice;
        this.effects = effects;
        this.play = play;
    }

    /** The operation with a service that nobody has used yet. */
    Play<?> play(DriverKind kind) {
        return play.apply(kind);
    }

    /** How often the service has to do something. */
    int effects() {
        return effects;
    }

    /** Whether a service that has done so much has done what it should, after answers were lost. */
    boolean allows(int actual) {
        return actual == effects || twice == Twice.IS_HARMLESS && actual > effects;
    }
}
