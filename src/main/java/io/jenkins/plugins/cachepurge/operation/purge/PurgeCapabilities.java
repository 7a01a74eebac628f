package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
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
public record PurgeCapabilities(Set<SelectionType> types, Set<SelectionType> soft) {

    public PurgeCapabilities {
        types = Collections.unmodifiableSet(EnumSet.copyOf(types));
        soft = soft.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(soft));
        if (!types.containsAll(soft)) {
            throw new IllegalArgumentException("what cannot be purged cannot be marked as stale");
        }
    }

    /** A CDN that deletes, and does not know stale. */
    public static PurgeCapabilities of(SelectionType... kinds) {
        return new PurgeCapabilities(EnumSet.copyOf(List.of(kinds)), Set.of());
    }

    /** The same for a CDN that can mark some of that as stale. */
    public PurgeCapabilities withSoft(SelectionType... kinds) {
        return new PurgeCapabilities(this.types, EnumSet.copyOf(List.of(kinds)));
    }

    /**
     * @param cdn its name, for messages
     * @throws InvalidInputException where the CDN cannot do that; names what it can
     */
    public void check(String cdn, SelectionType wanted, boolean soft) {
        if (!types.contains(wanted)) {
            throw new InvalidInputException(
                    wanted.parameter(), LocalizedText.of("support.kind", cdn, wanted.syntax(), written(types)));
        }
        if (soft && this.soft.isEmpty()) {
            throw new InvalidInputException("soft", LocalizedText.of("support.noSoft", cdn));
        }
        if (soft && !this.soft.contains(wanted)) {
            throw new InvalidInputException(
                    "soft", LocalizedText.of("support.soft", cdn, wanted.syntax(), written(this.soft)));
        }
    }

    private static String written(Set<SelectionType> kinds) {
        return kinds.stream().map(SelectionType::syntax).collect(Collectors.joining(", "));
    }
}
