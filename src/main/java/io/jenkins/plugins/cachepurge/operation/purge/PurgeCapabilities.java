package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selections that a CDN can purge.
 *
 * @param types supported selections, at least one
 * @param soft those that it can also mark as stale instead of deleting
 */
public record PurgeCapabilities(Set<SelectionType> types, Set<SelectionType> soft) {

    public PurgeCapabilities {
        types = Collections.unmodifiableSet(EnumSet.copyOf(types));
        soft = soft.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(soft));
        if (!types.containsAll(soft)) {
            throw new IllegalArgumentException("what cannot be purged cannot be marked as stale");
        }
    }

    /** A CDN without soft purges. */
    public static PurgeCapabilities of(SelectionType... types) {
        return new PurgeCapabilities(EnumSet.copyOf(List.of(types)), Set.of());
    }

    /** The same with soft purges for some selections. */
    public PurgeCapabilities withSoft(SelectionType... types) {
        return new PurgeCapabilities(this.types, EnumSet.copyOf(List.of(types)));
    }

    /**
     * @param cdn its name, for messages
     * @throws InvalidInputException if the CDN does not support it; the message names what it supports
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

    private static String written(Set<SelectionType> types) {
        return types.stream().map(SelectionType::syntax).collect(Collectors.joining(", "));
    }
}
