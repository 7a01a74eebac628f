package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.io.Serializable;
import java.util.List;

/** What is to be purged. */
public sealed interface PurgeSelection extends Serializable {

    /** All that the CDN holds of the target. */
    record Everything() implements PurgeSelection {
        @Override
        public String toString() {
            return "everything";
        }
    }

    /**
     * Chosen paths.
     *
     * @param paths at least one; each starts with a slash and names no host
     */
    record Paths(List<String> paths) implements PurgeSelection {

        public Paths {
            if (paths.isEmpty()) {
                throw new InvalidInputException("paths", Advice.of("paths.none"));
            }
            for (int i = 0; i < paths.size(); i++) {
                check(Advice.of("path", i + 1), paths.get(i));
            }
            paths = List.copyOf(paths);
        }

        /**
         * @param where which one it is
         * @throws InvalidInputException where it is no path from the root
         */
        public static void check(Advice where, String path) {
            if (path == null || path.isBlank()) {
                throw wrong("path.empty", where);
            }
            if (!path.startsWith("/") || path.startsWith("//")) {
                throw wrong("path.notFromRoot", where, Input.shown(path));
            }
            if (path.codePoints().anyMatch(Input::invisible)) {
                throw wrong("path.controlCharacters", where, Input.shown(path));
            }
        }

        private static InvalidInputException wrong(String advice, Object... arguments) {
            return new InvalidInputException("paths", Advice.of(advice, arguments));
        }

        @Override
        public String toString() {
            return paths.size() == 1 ? "one path" : paths.size() + " paths";
        }
    }

    /**
     * What a step's parameters say.
     *
     * @param paths null where none were given
     * @throws InvalidInputException where both or neither is chosen
     */
    static PurgeSelection of(List<String> paths, boolean all) {
        if (all && paths != null) {
            throw new InvalidInputException("paths", Advice.of("paths.andAll"));
        }
        if (all) {
            return new Everything();
        }
        if (paths == null) {
            throw new InvalidInputException("paths", Advice.of("paths.missing"));
        }
        return new Paths(paths);
    }

    /** How many paths were chosen; 0 for everything. */
    default int count() {
        return this instanceof Paths chosen ? chosen.paths().size() : 0;
    }
}
