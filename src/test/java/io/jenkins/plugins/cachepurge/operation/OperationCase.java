package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.PreparedCase;
import java.time.Duration;
import java.util.function.Function;

/** Every operation that there is, with what it does to the service when nothing goes wrong. */
public enum OperationCase {
    CLEAR_BUDDY_CACHE(Duplicates.ALLOWED, 1, kind -> {
        BuddyFixture fixture = new BuddyFixture(kind);
        return new PreparedCase<>(fixture.harness, fixture.time, BuddyFixture.clear(), fixture::clears);
    }),
    RUN_SCHEDULED_EXECUTION(Duplicates.FORBIDDEN, 1, kind -> {
        BuddyFixture fixture = new BuddyFixture(kind);
        return new PreparedCase<>(fixture.harness, fixture.time, BuddyFixture.run(), fixture::starts);
    }),
    START_SCHEDULED_EXECUTION(Duplicates.FORBIDDEN, 1, kind -> {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ofDays(9), "SUCCESSFUL");
        return new PreparedCase<>(
                fixture.harness, fixture.time, BuddyFixture.run(BuddyFixture.EXECUTION, false, false), fixture::starts);
    }),
    PURGE_SCALEWAY_PATHS(Duplicates.ALLOWED, 3, kind -> {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                ScalewayFixture.purge(12),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_SCALEWAY(Duplicates.ALLOWED, 1, kind -> {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                ScalewayFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    LIST_SCALEWAY_PURGES(Duplicates.FORBIDDEN, 0, kind -> {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                ScalewayFixture.history(SortOrder.NEWEST_FIRST, 20),
                () -> fixture.submitted().size());
    }),
    SHOW_SCALEWAY_PURGE(Duplicates.FORBIDDEN, 0, kind -> {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        String id = fixture.scaleway.purgeRequests().get(0).id();
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                ScalewayFixture.one(id),
                () -> fixture.submitted().size());
    }),
    PURGE_GOTIPATH_PATHS(Duplicates.ALLOWED, 3, kind -> {
        GotipathFixture fixture = new GotipathFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GotipathFixture.purge(250),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_GOTIPATH(Duplicates.ALLOWED, 1, kind -> {
        GotipathFixture fixture = new GotipathFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GotipathFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_FASTLY_TAGS(Duplicates.ALLOWED, 2, kind -> {
        FastlyFixture fixture = new FastlyFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                FastlyFixture.purgeTags(300),
                () -> fixture.submitted().size());
    }),
    PURGE_FASTLY_URLS(Duplicates.ALLOWED, 3, kind -> {
        FastlyFixture fixture = new FastlyFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                FastlyFixture.purgeUrls(3),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_FASTLY(Duplicates.ALLOWED, 1, kind -> {
        FastlyFixture fixture = new FastlyFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                FastlyFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_CLOUDFLARE_URLS(Duplicates.ALLOWED, 3, kind -> {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                CloudflareFixture.purgeUrls(250),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_CLOUDFLARE(Duplicates.ALLOWED, 1, kind -> {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                CloudflareFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_AKAMAI_TAGS(Duplicates.ALLOWED, 3, kind -> {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AkamaiFixture.purgeTags(2500),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_AKAMAI(Duplicates.ALLOWED, 1, kind -> {
        AkamaiFixture fixture = new AkamaiFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AkamaiFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_GOOGLE_PATHS(Duplicates.ALLOWED, 3, kind -> {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GoogleCdnFixture.purge(GoogleCdnFixture.paths(3)),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_GOOGLE(Duplicates.FORBIDDEN, 1, kind -> {
        GoogleCdnFixture fixture = new GoogleCdnFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GoogleCdnFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_AZURE_PATHS(Duplicates.ALLOWED, 3, kind -> {
        AzureFixture fixture = new AzureFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AzureFixture.purge(AzureFixture.paths(250)),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_AZURE(Duplicates.ALLOWED, 1, kind -> {
        AzureFixture fixture = new AzureFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AzureFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_KEYCDN_TAGS(Duplicates.ALLOWED, 2, kind -> {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                KeyCdnFixture.purgeTags(20),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_KEYCDN(Duplicates.ALLOWED, 1, kind -> {
        KeyCdnFixture fixture = new KeyCdnFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                KeyCdnFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_BUNNY_URLS(Duplicates.ALLOWED, 3, kind -> {
        BunnyFixture fixture = new BunnyFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                BunnyFixture.purge(BunnyFixture.urls(3)),
                () -> fixture.purged().size());
    }),
    PURGE_GCORE_PATHS(Duplicates.ALLOWED, 2, kind -> {
        GcoreFixture fixture = new GcoreFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GcoreFixture.purge(120),
                () -> fixture.submitted().size());
    }),
    PURGE_ALL_OF_GCORE(Duplicates.ALLOWED, 1, kind -> {
        GcoreFixture fixture = new GcoreFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                GcoreFixture.purgeAll(),
                () -> fixture.submitted().size());
    }),
    PURGE_CLOUDFRONT_PREFIXES(Duplicates.FORBIDDEN, 2, kind -> {
        AwsFixture fixture = new AwsFixture(kind);
        fixture.cloudFront.invalidationTakes(Duration.ofSeconds(2));
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AwsFixture.purgePrefixes(16),
                () -> fixture.created().size());
    }),
    PURGE_ALL_OF_CLOUDFRONT(Duplicates.FORBIDDEN, 1, kind -> {
        AwsFixture fixture = new AwsFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                AwsFixture.purgeAll(),
                () -> fixture.created().size());
    }),
    PURGE_BUDDY_ROUTE(Duplicates.ALLOWED, 2, kind -> {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                BuddyRouteFixture.purge(101),
                () -> fixture.purged().size());
    }),
    PURGE_CACHES(Duplicates.ALLOWED, 3, kind -> {
        HttpCacheFixture fixture = new HttpCacheFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                HttpCacheFixture.purge(1, 3),
                () -> fixture.purged().size());
    }),
    PURGE_SITE(Duplicates.ALLOWED, 4, kind -> {
        SiteFixture fixture = new SiteFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                SiteFixture.purge("inner", "outer"),
                () -> fixture.purged().size());
    }),
    CLEAR_FELDERA_STORAGE(Duplicates.FORBIDDEN, 1, kind -> {
        FelderaFixture fixture = new FelderaFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                FelderaFixture.clear(),
                () -> fixture.feldera.clears(FelderaFixture.STOPPED));
    }),
    STOP_AND_CLEAR_FELDERA_STORAGE(Duplicates.FORBIDDEN, 2, kind -> {
        FelderaFixture fixture = new FelderaFixture(kind);
        return new PreparedCase<>(
                fixture.harness,
                fixture.time,
                FelderaFixture.stopAndClear(),
                () -> fixture.feldera.clears(FelderaFixture.RUNNING) + fixture.feldera.stops(FelderaFixture.RUNNING));
    });

    /** What it means when the service does again what it did already. */
    public enum Duplicates {
        FORBIDDEN,
        ALLOWED
    }

    private final Duplicates duplicates;
    private final int effects;
    private final Function<DriverKind, PreparedCase<?>> prepare;

    OperationCase(Duplicates duplicates, int effects, Function<DriverKind, PreparedCase<?>> prepare) {
        this.duplicates = duplicates;
        this.effects = effects;
        this.prepare = prepare;
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
