package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a CDN can purge.
 *
 * @param kinds by what it can be chosen, at least one
 * @param soft what of that it can mark as stale instead of deleting it
 */
public record PurgeSupport(Set<PurgeKind> kinds, Set<PurgeKind> soft) {

    public PurgeSupport {
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        soft = soft.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(soft));
        if (!kinds.containsAll(soft)) {
            throw new IllegalArgumentException("what cannot be purged cannot be marked as stale");
        }
    }

    /** A CDN that deletes, and does not know stale. */
    public static PurgeSupport of(PurgeKind... kinds) {
        return new PurgeSupport(EnumSet.copyOf(List.of(kinds)), Set.of());
    }

    /** The same for a CDN that can mark some of that as stale. */
    public PurgeSupport andSoft(PurgeKind... kinds) {
        return new PurgeSupport(this.kinds, EnumSet.copyOf(List.of(kinds)));
    }

    /**
     * @param cdn its name, for messages
     * @throws InvalidInputException where the CDN cannot do that; names what it can
     */
    public void check(String cdn, PurgeKind wanted, boolean soft) {
        if (!kinds.contains(wanted)) {
            throw new InvalidInputException(
                    wanted.parameter(), Advice.of("support.kind", cdn, wanted.written(), written(kinds)));
        }
        if (soft && this.soft.isEmpty()) {
            throw new InvalidInputException("soft", Advice.of("support.noSoft", cdn));
        }
        if (soft && !this.soft.contains(wanted)) {
            throw new InvalidInputException(
                    "soft", Advice.of("support.soft", cdn, wanted.written(), written(this.soft)));
        }
    }

    private static String written(Set<PurgeKind> kinds) {
        return kinds.stream().map(PurgeKind::written).collect(Collectors.joining(", "));
    }
}
