package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.manifest.CompressedTexts;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists of the changed files of a directory and of their pages.
 *
 * @param since number of the build whose files they are compared with; 0 if there was none
 * @param pages as paths; as URLs if the site was named
 */
public record ChangesListingResult(FileChanges files, int since, List<String> pages) implements OperationResult {

    /** The changes of a plan. */
    public static ChangesListingResult of(ChangesPlan plan, ChangesSpec spec) {
        return new ChangesListingResult(plan.changes(), plan.since(), pages(plan.changes(), spec));
    }

    private static List<String> pages(FileChanges changes, ChangesSpec spec) {
        List<String> files = new ArrayList<>(changes.changed());
        files.addAll(changes.removed());
        if (spec.purgeNew()) {
            files.addAll(changes.added());
        }
        if (files.isEmpty()) {
            return List.of();
        }
        Set<String> pages = new LinkedHashSet<>();
        files.forEach(file -> pages.addAll(spec.layout().pages(file)));
        List<String> paths = new PurgeSelection(SelectionType.PATHS, List.copyOf(pages)).values();
        return spec.url()
                .map(url -> paths.stream()
                        .map(path -> new PageUrl(url.origin(), path).text())
                        .toList())
                .orElse(paths);
    }

    @Override
    public Serializable toPipelineValue() {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("added", new CompressedTexts(files.added()));
        map.put("changed", new CompressedTexts(files.changed()));
        map.put("removed", new CompressedTexts(files.removed()));
        map.put("unchanged", files.unchanged());
        map.put("pages", new CompressedTexts(pages));
        map.put("since", since == 0 ? null : since);
        return (Serializable) Collections.unmodifiableMap(map);
    }

    @Override
    public LocalizedText summary() {
        return LocalizedText.of(
                "changes.numbers",
                files.changed().size(),
                files.added().size(),
                files.removed().size());
    }
}
