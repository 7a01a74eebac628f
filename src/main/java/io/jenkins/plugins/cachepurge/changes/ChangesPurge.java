package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.PageFolding;
import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import io.jenkins.plugins.cachepurge.manifest.PagesToPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Purge of the pages of changed files at one CDN, in the form that it takes.
 *
 * @param dryRun whether nothing is sent
 */
public record ChangesPurge(
        CdnProviderDescriptor cdn,
        CdnTarget target,
        PurgeOptions options,
        boolean dryRun,
        ChangesSpec spec,
        ChangesSelectionTypes forms)
        implements ChangesConsumer {

    /** @throws InvalidInputException if the CDN cannot purge pages with what is known */
    public static ChangesPurge of(
            CdnProviderDescriptor cdn, CdnTarget target, PurgeOptions options, boolean dryRun, ChangesSpec spec) {
        return new ChangesPurge(
                cdn, target, options, dryRun, spec, ChangesSelectionTypes.of(cdn, target, options, spec.url()));
    }

    /**
     * Checks that nothing else selects what is purged; empty lists do not.
     *
     * @param lists those that were given
     * @throws InvalidInputException naming what else was given
     */
    public static void checkAlone(Map<SelectionType, List<String>> lists, boolean all) {
        Optional<String> other = all
                ? Optional.of("all: true")
                : lists.entrySet().stream()
                        .filter(list -> !list.getValue().isEmpty())
                        .map(list -> list.getKey().parameter())
                        .findFirst();
        if (other.isPresent()) {
            throw new InvalidInputException("changes", LocalizedText.of("selection.two", other.get()));
        }
    }

    @Override
    public BaselineKey key() {
        return ChangesListing.key(cdn.symbolName(), target.identity(), spec);
    }

    @Override
    public Remembering remembering() {
        return dryRun ? Remembering.NEVER : Remembering.STEP;
    }

    @Override
    public String describe(ChangesPlan plan) {
        PlannedPurge planned = planned(plan);
        planned.operation();
        return planned.text().toString();
    }

    /** What is sent for the changes. Pages are folded for each call. */
    public PlannedPurge planned(ChangesPlan plan) {
        Planned planned =
                switch (plan.scope()) {
                    case NOTHING -> new Planned(List.of(), LocalizedText.of("changes.nothing"));
                    case EVERYTHING -> everythingPlanned(plan.changes());
                    case CHANGES -> changed(plan.changes());
                };
        return new PlannedPurge(this, plan, planned.selections(), planned.text());
    }

    private record Planned(List<PurgeSelection> selections, LocalizedText text) {}

    private Planned everythingPlanned(FileChanges changes) {
        List<PurgeSelection> everything = everything(changes);
        return new Planned(everything, text(everything));
    }

    private Planned changed(FileChanges changes) {
        List<String> files = new ArrayList<>(changes.changed());
        files.addAll(changes.removed());
        if (spec.purgeNew()) {
            files.addAll(changes.added());
        }
        if (files.isEmpty()) {
            return new Planned(List.of(), LocalizedText.of("changes.nothingToPurge"));
        }
        return forms.pages().isPresent() ? pages(files, changes) : directories(files, changes);
    }

    private Planned pages(List<String> files, FileChanges changes) {
        PageFolding folding =
                new PageFolding(spec.layout(), spec.foldAbove(), forms.prefixes(), canPurgeEverything(), forms.stars());
        PagesToPurge folded = folding.fold(files);
        List<PurgeSelection> selections = folded.everything() ? everything(changes) : selections(folded);
        boolean exact = !folded.everything() && folded.prefixes().isEmpty();
        int pages = pageCount(files);
        LocalizedText reason = pages > spec.foldAbove()
                ? LocalizedText.of("changes.manyPages", pages, spec.foldAbove())
                : LocalizedText.of("changes.starInNames");
        if (exact && pages > spec.foldAbove()) {
            return new Planned(
                    selections, LocalizedText.of("changes.notFolded", text(selections), reason, cdn.getDisplayName()));
        }
        return new Planned(selections, exact ? text(selections) : since(text(selections), reason));
    }

    private int pageCount(List<String> files) {
        return files.stream().mapToInt(file -> spec.layout().pages(file).size()).sum();
    }

    private List<PurgeSelection> selections(PagesToPurge pages) {
        List<PurgeSelection> selections = new ArrayList<>();
        if (!pages.pages().isEmpty()) {
            selections.add(forms.ofPages(pages.pages()));
        }
        if (!pages.prefixes().isEmpty()) {
            selections.add(forms.ofPrefixes(pages.prefixes()));
        }
        return selections;
    }

    /** For a CDN that does not purge single pages. */
    private Planned directories(List<String> files, FileChanges changes) {
        Set<String> directories = new LinkedHashSet<>();
        files.forEach(file -> directories.add(spec.layout().directory(file)));
        boolean possible = forms.prefixes() || forms.tags();
        if (canPurgeEverything() && (!possible || directories.size() > spec.foldAbove())) {
            List<PurgeSelection> everything = everything(changes);
            LocalizedText reason = possible
                    ? LocalizedText.of("changes.manyDirectories", directories.size(), spec.foldAbove())
                    : noSinglePages();
            return new Planned(everything, since(text(everything), reason));
        }
        PurgeSelection selection = forms.prefixes()
                ? forms.ofPrefixes(List.copyOf(directories))
                : new PurgeSelection(SelectionType.TAGS, List.copyOf(directories));
        return new Planned(List.of(selection), since(text(List.of(selection)), noSinglePages()));
    }

    private LocalizedText noSinglePages() {
        return LocalizedText.of("changes.noSinglePages", cdn.getDisplayName());
    }

    private static LocalizedText since(LocalizedText purged, LocalizedText reason) {
        return LocalizedText.of("changes.since", purged, reason);
    }

    private boolean canPurgeEverything() {
        return forms.all() || forms.prefixes();
    }

    /** All below the base; as many pages as there are files if the CDN can purge nothing larger. */
    private List<PurgeSelection> everything(FileChanges changes) {
        String base = spec.layout().base();
        boolean wholeSite = base.equals("/");
        if (forms.all() && (wholeSite || !forms.prefixes())) {
            return List.of(PurgeSelection.all());
        }
        if (forms.prefixes()) {
            PurgeSelection below = forms.ofPrefixes(List.of(base));
            return wholeSite || forms.pages().isEmpty()
                    ? List.of(below)
                    : List.of(forms.ofPages(List.of(base.substring(0, base.length() - 1))), below);
        }
        if (forms.pages().isEmpty()) {
            throw new InvalidInputException("changes", LocalizedText.of("changes.noEverything", cdn.getDisplayName()));
        }
        Set<String> pages = new LinkedHashSet<>();
        PageLayout layout = spec.layout();
        changes.paths().forEach(file -> pages.addAll(layout.pages(file)));
        return List.of(forms.ofPages(List.copyOf(pages)));
    }

    private static LocalizedText text(List<PurgeSelection> selections) {
        return LocalizedText.joined("text.and", selections.stream().map(ChangesPurge::text))
                .orElseThrow();
    }

    private static LocalizedText text(PurgeSelection selection) {
        int count = selection.count();
        return switch (selection.type()) {
            case ALL -> selection.text();
            case PREFIXES, TAGS ->
                count == 1 ? LocalizedText.of("changes.oneDirectory") : LocalizedText.of("changes.directories", count);
            default -> count == 1 ? LocalizedText.of("page.one") : LocalizedText.of("page.several", count);
        };
    }

    static String counted(int count, String one, String several) {
        return count == 1 ? "1 " + one : "%,d %s".formatted(count, several);
    }
}
