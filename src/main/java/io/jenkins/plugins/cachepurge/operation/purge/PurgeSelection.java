package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be purged: everything, or what was chosen in one of several ways. Nothing but texts may be in it, since a
 * restart compares it by its hash.
 */
public sealed interface PurgeSelection extends Serializable {

    /** How it was chosen. */
    SelectionType type();

    /** What was chosen: at least one, all checked as their kind says; none for everything. */
    List<String> values();

    /** How many were chosen; 0 for everything. */
    default int count() {
        return values().size();
    }

    /** All that the CDN holds of the target. */
    record Everything() implements PurgeSelection {
        @Override
        public SelectionType type() {
            return SelectionType.ALL;
        }

        @Override
        public List<String> values() {
            return List.of();
        }

        @Override
        public String toString() {
            return "everything";
        }
    }

    /** @param paths each starts with a slash and names no host */
    record Paths(List<String> paths) implements PurgeSelection {
        public Paths {
            paths = SelectionType.PATHS.validated(paths);
        }

        @Override
        public SelectionType type() {
            return SelectionType.PATHS;
        }

        @Override
        public List<String> values() {
            return paths;
        }

        @Override
        public String toString() {
            return paths.size() == 1 ? "one path" : paths.size() + " paths";
        }
    }

    /** @param urls each http or https, absolute, without user info and fragment */
    record Urls(List<String> urls) implements PurgeSelection {
        public Urls {
            urls = SelectionType.URLS.validated(urls);
        }

        @Override
        public SelectionType type() {
            return SelectionType.URLS;
        }

        @Override
        public List<String> values() {
            return urls;
        }

        @Override
        public String toString() {
            return urls.size() == 1 ? "one URL" : urls.size() + " URLs";
        }
    }

    /** @param tags each without white space */
    record Tags(List<String> tags) implements PurgeSelection {
        public Tags {
            tags = SelectionType.TAGS.validated(tags);
        }

        @Override
        public SelectionType type() {
            return SelectionType.TAGS;
        }

        @Override
        public List<String> values() {
            return tags;
        }

        @Override
        public String toString() {
            return tags.size() == 1 ? "one tag" : tags.size() + " tags";
        }
    }

    /** @param prefixes each without white space and without a star, which all of them mean anyway */
    record Prefixes(List<String> prefixes) implements PurgeSelection {
        public Prefixes {
            prefixes = SelectionType.PREFIXES.validated(prefixes);
        }

        @Override
        public SelectionType type() {
            return SelectionType.PREFIXES;
        }

        @Override
        public List<String> values() {
            return prefixes;
        }

        @Override
        public String toString() {
            return prefixes.size() == 1 ? "one prefix" : prefixes.size() + " prefixes";
        }
    }

    /** @param hosts each a name without scheme, port and path */
    record Hosts(List<String> hosts) implements PurgeSelection {
        public Hosts {
            hosts = SelectionType.HOSTS.validated(hosts);
        }

        @Override
        public SelectionType type() {
            return SelectionType.HOSTS;
        }

        @Override
        public List<String> values() {
            return hosts;
        }

        @Override
        public String toString() {
            return hosts.size() == 1 ? "one host" : hosts.size() + " hosts";
        }
    }

    /** @throws InvalidInputException where there is none of them, or one cannot be used */
    static PurgeSelection of(SelectionType kind, List<String> values) {
        return switch (kind) {
            case PATHS -> new Paths(values);
            case URLS -> new Urls(values);
            case TAGS -> new Tags(values);
            case PREFIXES -> new Prefixes(values);
            case HOSTS -> new Hosts(values);
            case ALL -> new Everything();
        };
    }

    /**
     * What a step's parameters say.
     *
     * @param lists those that were given
     * @throws InvalidInputException unless exactly one is chosen
     */
    static PurgeSelection of(Map<SelectionType, List<String>> lists, boolean all) {
        Optional<SelectionType> chosen = new TreeMap<>(lists).keySet().stream().reduce((first, second) -> {
            throw notBoth(second, first);
        });
        if (all) {
            chosen.ifPresent(kind -> {
                throw notBoth(kind, SelectionType.ALL);
            });
            return new Everything();
        }
        return chosen.map(kind -> of(kind, lists.get(kind)))
                .orElseThrow(() -> new InvalidInputException(SelectionType.PATHS.parameter(), LocalizedText.of("paths.missing")));
    }

    private static InvalidInputException notBoth(SelectionType one, SelectionType other) {
        return new InvalidInputException(one.parameter(), LocalizedText.of("selection.two", other.syntax()));
    }
}
