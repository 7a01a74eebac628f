package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;

/**
 * Listing of changes, without a purge: since the purge of a CDN, or since the last build that succeeded.
 *
 * @param remembering after a purge of a CDN never, since that does it
 */
public record ChangesListing(ChangesSpec spec, BaselineKey key, Remembering remembering) implements ChangesConsumer {

    /** The changes since the last build that succeeded. */
    public static ChangesListing sinceBuild(ChangesSpec spec) {
        return new ChangesListing(spec, key("", "", spec), Remembering.BUILD);
    }

    /** The changes since the last purge of a CDN. */
    public static ChangesListing sincePurge(CdnProviderDescriptor cdn, CdnTarget target, ChangesSpec spec) {
        return new ChangesListing(spec, key(cdn.symbolName(), target.identity(), spec), Remembering.NEVER);
    }

    static BaselineKey key(String provider, String target, ChangesSpec spec) {
        return new BaselineKey(
                provider,
                target,
                spec.url().map(url -> url.origin().toString()).orElse(""),
                spec.layout().base());
    }

    @Override
    public String describe(ChangesPlan plan) {
        return ChangesPurge.counted(ChangesListingResult.of(plan, spec).pages().size(), "page", "pages");
    }
}
