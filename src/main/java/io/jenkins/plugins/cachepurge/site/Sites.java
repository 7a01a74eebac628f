package io.jenkins.plugins.cachepurge.site;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** Lookup of the sites that a job may use. In memory only. */
public final class Sites {

    private Sites() {}

    /**
     * The site that a build means by a name: of several the one of the nearest folder.
     *
     * @throws InvalidInputException if its job may use no such site; names those that it may
     */
    public static SiteSnapshot find(Run<?, ?> run, String name) {
        return find(run.getParent(), name);
    }

    /**
     * The site that a job means by a name.
     *
     * @param job null outside of jobs, where all sites of Jenkins are meant
     * @throws InvalidInputException if it may use no such site; names those that it may
     */
    public static SiteSnapshot find(Item job, String name) {
        String wanted = new InputField("site", name).required();
        Map<String, SiteSnapshot> all = visible(job);
        return Optional.ofNullable(all.get(wanted)).orElseThrow(() -> unknown(wanted, all));
    }

    private static InvalidInputException unknown(String name, Map<String, SiteSnapshot> all) {
        String shown = PrintableText.quote(name);
        return new InvalidInputException(
                "site",
                all.isEmpty()
                        ? LocalizedText.of("site.none", shown)
                        : LocalizedText.of("site.unknown", shown, String.join(", ", all.keySet())));
    }

    /**
     * Names of the sites that a job may use, in alphabetical order.
     *
     * @param job null outside of jobs, where all sites of Jenkins are meant
     */
    public static List<String> names(Item job) {
        return List.copyOf(visible(job).keySet());
    }

    private static Map<String, SiteSnapshot> visible(Item job) {
        Map<String, SiteSnapshot> all = new TreeMap<>();
        for (ItemGroup<?> place : placesOf(job)) {
            String folder = place instanceof Item item ? item.getFullName() : "";
            SiteSource.sitesIn(place).stream()
                    .filter(site -> job == null || site.isFor(job))
                    .forEach(site -> all.putIfAbsent(site.getName(), new SiteSnapshot(site, folder)));
        }
        return all;
    }

    /** The folders of a job, the nearest first, then Jenkins. */
    private static List<ItemGroup<?>> placesOf(Item job) {
        List<ItemGroup<?>> places = new ArrayList<>();
        ItemGroup<?> place = job == null ? Jenkins.get() : job.getParent();
        while (place instanceof Item folder) {
            places.add(place);
            place = folder.getParent();
        }
        places.add(Jenkins.get());
        return places;
    }
}
