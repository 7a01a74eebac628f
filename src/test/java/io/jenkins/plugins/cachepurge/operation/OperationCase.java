package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import java.time.Duration;
import java.util.function.Function;

/** Every operation that there is, with what it does to the service when nothing goes wrong. */
public enum OperationCase {
    CLEAR_BUDDY_CACHE(Duplicates.ALLOWED, 1, kind -> {
        BuddyFixture stage = new BuddyFixture(kind);
        return new PreparedCase<>(stage.bench, stage.time, BuddyFixture.clear(), stage::clears);
    }),
    RUN_SCHEDULED_EXECUTION(Duplicates.FORBIDDEN, 1, kind -> {
        BuddyFixture stage = new BuddyFixture(kind);
        return new PreparedCase<>(stage.bench, stage.time, BuddyFixture.run(), stage::starts);
    }),
    START_SCHEDULED_EXECUTION(Duplicates.FORBIDDEN, 1, kind -> {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ofDays(9), "SUCCESSFUL");
        return new PreparedCase<>(stage.bench, stage.time, BuddyFixture.run(BuddyFixture.EXECUTION, false, false), stage::starts);
    }),
    PURGE_SCALEWAY_PATHS(Duplicates.FORBIDDEN, 3, kind -> {
        ScalewayFixture stage = new ScalewayFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                ScalewayFixture.purge(12),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_SCALEWAY(Duplicates.FORBIDDEN, 1, kind -> {
        ScalewayFixture stage = new ScalewayFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                ScalewayFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    LIST_SCALEWAY_PURGES(Duplicates.FORBIDDEN, 0, kind -> {
        ScalewayFixture stage = new ScalewayFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                ScalewayFixture.history(SortOrder.NEWEST_FIRST, 20),
                () -> stage.submitted().size());
    }),
    SHOW_SCALEWAY_PURGE(Duplicates.FORBIDDEN, 0, kind -> {
        ScalewayFixture stage = new ScalewayFixture(kind);
        String id = stage.scaleway.purgeRequests().get(0).id();
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                ScalewayFixture.one(id),
                () -> stage.submitted().size());
    }),
    PURGE_GOTIPATH_PATHS(Duplicates.ALLOWED, 3, kind -> {
        GotipathFixture stage = new GotipathFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                GotipathFixture.purge(250),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_GOTIPATH(Duplicates.ALLOWED, 1, kind -> {
        GotipathFixture stage = new GotipathFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                GotipathFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_FASTLY_TAGS(Duplicates.ALLOWED, 2, kind -> {
        FastlyFixture stage = new FastlyFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                FastlyFixture.purgeTags(300),
                () -> stage.submitted().size());
    }),
    PURGE_FASTLY_URLS(Duplicates.ALLOWED, 3, kind -> {
        FastlyFixture stage = new FastlyFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                FastlyFixture.purgeUrls(3),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_FASTLY(Duplicates.ALLOWED, 1, kind -> {
        FastlyFixture stage = new FastlyFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                FastlyFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_CLOUDFLARE_URLS(Duplicates.ALLOWED, 3, kind -> {
        CloudflareFixture stage = new CloudflareFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                CloudflareFixture.purgeUrls(250),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_CLOUDFLARE(Duplicates.ALLOWED, 1, kind -> {
        CloudflareFixture stage = new CloudflareFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                CloudflareFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_KEYCDN_TAGS(Duplicates.ALLOWED, 2, kind -> {
        KeyCdnFixture stage = new KeyCdnFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                KeyCdnFixture.purgeTags(20),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_KEYCDN(Duplicates.ALLOWED, 1, kind -> {
        KeyCdnFixture stage = new KeyCdnFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                KeyCdnFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_BUNNY_URLS(Duplicates.ALLOWED, 3, kind -> {
        BunnyFixture stage = new BunnyFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                BunnyFixture.purge(BunnyFixture.urls(3)),
                () -> stage.purged().size());
    }),
    PURGE_GCORE_PATHS(Duplicates.FORBIDDEN, 2, kind -> {
        GcoreFixture stage = new GcoreFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                GcoreFixture.purge(120),
                () -> stage.submitted().size());
    }),
    PURGE_ALL_OF_GCORE(Duplicates.FORBIDDEN, 1, kind -> {
        GcoreFixture stage = new GcoreFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                GcoreFixture.purgeAll(),
                () -> stage.submitted().size());
    }),
    PURGE_BUDDY_ROUTE(Duplicates.ALLOWED, 2, kind -> {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                BuddyRouteFixture.purge(101),
                () -> stage.purged().size());
    }),
    PURGE_CACHES(Duplicates.ALLOWED, 3, kind -> {
        HttpCacheFixture stage = new HttpCacheFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                HttpCacheFixture.purge(1, 3),
                () -> stage.purged().size());
    }),
    CLEAR_FELDERA_STORAGE(Duplicates.FORBIDDEN, 1, kind -> {
        FelderaFixture stage = new FelderaFixture(kind);
        return new PreparedCase<>(
                stage.bench, stage.time, FelderaFixture.clear(), () -> stage.feldera.clears(FelderaFixture.STOPPED));
    }),
    STOP_AND_CLEAR_FELDERA_STORAGE(Duplicates.FORBIDDEN, 2, kind -> {
        FelderaFixture stage = new FelderaFixture(kind);
        return new PreparedCase<>(
                stage.bench,
                stage.time,
                FelderaFixture.stopAndClear(),
                () -> stage.feldera.clears(FelderaFixture.RUNNING) + stage.feldera.stops(FelderaFixture.RUNNING));
    });

    /** What it means when the service does again what it did already. */
    public enum Duplicates {
        FORBIDDEN,
        ALLOWED
    }

    private final Duplicates duplicates;
    private final int effects;
    private final Function<DriverKind, PreparedCase<?>> prepare;

    OperationCase(Duplicates twice, int effects, Function<DriverKind, PreparedCase<?>> play) {
        this.duplicates = twice;
        this.effects = effects;
        this.prepare = play;
    }

    /** The operation with a service that nobody has used yet. */
    public PreparedCase<?> prepare(DriverKind kind) {
        return prepare.apply(kind);
    }

    /** How often the service has to do something. */
    public int effects() {
        return effects;
    }

    /** Whether a service that has done so much has done what it should, after answers were lost. */
    public boolean allows(int actual) {
        return actual == effects || duplicates == Duplicates.ALLOWED && actual > effects;
    }
}
