package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Selection of what to purge.
 *
 * @param type how it is selected
 * @param values at least one, each in the form in which it is sent, and none twice; none for everything
 */
public record PurgeSelection(SelectionType type, List<String> values) {

    /** @throws InvalidInputException if there are no values, or one cannot be used */
    public PurgeSelection {
        values = type == SelectionType.ALL ? List.of() : type.canonical(values);
    }

    /** Everything of the target. */
    public static PurgeSelection all() {
        return new PurgeSelection(SelectionType.ALL, List.of());
    }

    /** A selection of paths. */
    public static PurgeSelection paths(String... paths) {
        return new PurgeSelection(SelectionType.PATHS, List.of(paths));
    }

    /**
     * The selection of a step's parameters; empty if none is given, see {@link #given}.
     *
     * @param lists those that are not null
     * @throws InvalidInputException if several are given, or a value cannot be used
     */
    public static Optional<PurgeSelection> of(Map<SelectionType, List<String>> lists, boolean all) {
        Map<SelectionType, List<String>> given = given(lists, all);
        Optional<SelectionType> chosen = new TreeMap<>(given).keySet().stream().reduce((first, second) -> {
            throw notBoth(second, first);
        });
        if (all) {
            chosen.ifPresent(type -> {
                throw notBoth(type, SelectionType.ALL);
            });
            return Optional.of(all());
        }
        chosen.ifPresent(type -> type.checkVariables(given.get(type)));
        return chosen.map(type -> new PurgeSelection(type, given.get(type)));
    }

    /**
     * The lists that were given. An empty one beside something else is not: Job DSL writes the lists that a job does not
     * name as empty ones. A single one is kept, and refused by {@link #of}.
     */
    public static Map<SelectionType, List<String>> given(Map<SelectionType, List<String>> lists, boolean all) {
        if (lists.size() == 1 && !all) {
            return lists;
        }
        Map<SelectionType, List<String>> given = new EnumMap<>(SelectionType.class);
        lists.forEach((type, values) -> {
            if (!values.isEmpty()) {
                given.put(type, values);
            }
        });
        return given;
    }

    private static InvalidInputException notBoth(SelectionType one, SelectionType other) {
        return new InvalidInputException(one.parameter(), LocalizedText.of("selection.two", other.syntax()));
    }

    /** Number of selected values; 0 for everything. */
    public int count() {
        return values.size();
    }

    /** Whether everything is selected. */
    public boolean isAll() {
        return type == SelectionType.ALL;
    }

    /** Text for messages: "path /index.html", "2,400 URLs" or "everything". */
    public LocalizedText text() {
        return switch (values.size()) {
            case 0 -> LocalizedText.of("selection.everything");
            case 1 -> type.one(ValueText.withoutQuery(values.get(0)));
            default -> type.several(values.size());
        };
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
