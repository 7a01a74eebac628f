package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selections that a CDN can purge.
 *
 * @param types supported selections, at least one
 * @param soft those that it can also mark as stale instead of deleting
 * @param wildcards paths and URLs if a star in them is a wildcard; in others it is refused, since a service that reads it
 *     as a letter purges nothing and reports success
 */
public record PurgeCapabilities(Set<SelectionType> types, Set<SelectionType> soft, Set<SelectionType> wildcards) {

    private static final Set<SelectionType> SINGLE_PAGES = EnumSet.of(SelectionType.PATHS, SelectionType.URLS);

    private static final String STAR = "*";

    public PurgeCapabilities {
        types = copy(types);
        soft = copy(soft);
        wildcards = copy(wildcards);
        if (!types.containsAll(soft) || !types.containsAll(wildcards)) {
            throw new IllegalArgumentException("must be among what can be purged");
        }
    }

    private static Set<SelectionType> copy(Set<SelectionType> types) {
        return types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
    }

    /** A CDN without soft purges. */
    public static PurgeCapabilities of(SelectionType... types) {
        return new PurgeCapabilities(Set.of(types), Set.of(), Set.of());
    }

    /** The same with soft purges for some selections. */
    public PurgeCapabilities withSoft(SelectionType... soft) {
        return new PurgeCapabilities(types, Set.of(soft), wildcards);
    }

    /** The same with a star as a wildcard in paths or URLs. */
    public PurgeCapabilities withWildcards(SelectionType... wildcards) {
        return new PurgeCapabilities(types, soft, Set.of(wildcards));
    }

    /**
     * Checks whether the CDN can purge something.
     *
     * @param cdn its name, for messages
     * @throws InvalidInputException if the CDN does not support it; the message names what it supports
     */
    public void check(String cdn, PurgeSelection selection, boolean soft) {
        checkType(cdn, selection.type(), soft);
        for (String value : selection.values()) {
            if (hasStar(selection.type(), value) && !wildcards.contains(selection.type())) {
                throw star(cdn, selection.type(), value);
            }
        }
    }

    /**
     * The problem of a step that selects nothing.
     *
     * @param cdn its name
     */
    public InvalidInputException missing(String cdn) {
        SelectionType first = types.iterator().next();
        return new InvalidInputException(first.parameter(), LocalizedText.of("selection.missing", cdn, written(types)));
    }

    /** True for a path or URL with a star; in a tag it is a letter. */
    public static boolean hasStar(SelectionType type, String value) {
        return SINGLE_PAGES.contains(type) && value.contains(STAR);
    }

    private InvalidInputException star(String cdn, SelectionType type, String value) {
        Set<SelectionType> others = EnumSet.copyOf(types);
        others.removeAll(SINGLE_PAGES);
        String shown = PrintableText.quote(value);
        return new InvalidInputException(
                type.parameter(),
                others.isEmpty()
                        ? LocalizedText.of("star.only", shown, cdn)
                        : LocalizedText.of("star", shown, type.parameter(), cdn, written(others)));
    }

    private void checkType(String cdn, SelectionType wanted, boolean soft) {
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
