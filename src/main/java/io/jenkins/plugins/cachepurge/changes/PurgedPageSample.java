package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.manifest.ExpectedPage;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.verify.KnownPage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages of a purge of changes, of which the files say what they must be after it. */
public record PurgedPageSample(PlannedPurge planned, PreparedChanges changed) {

    /**
     * Some of them, as paths from the root of the site in the order of their importance, with what is known of each; none
     * if nothing is purged. May block.
     *
     * @param atMost maximum number of pages, 1 or more
     * @throws IOException if the build's directory was changed meanwhile
     */
    public Map<String, KnownPage> sample(int atMost) throws IOException {
        Map<String, KnownPage> sample = new LinkedHashMap<>();
        if (planned.isEmpty()) {
            return sample;
        }
        for (ExpectedPage page : ExpectedPage.sample(
                changed.manifest(), purged(), planned.purge().spec().layout(), atMost)) {
            if (PurgeCapabilities.hasStar(SelectionType.PATHS, page.path())) {
                // A star would mean more than one page.
                continue;
            }
            Optional<KnownPage> body = page.digest().map(digest -> new KnownPage.Body(digest.toString()));
            sample.put(page.path(), body.orElseGet(KnownPage.Gone::new));
        }
        return sample;
    }

    private FileChanges purged() {
        FileChanges changes = changed.plan().changes();
        boolean withNew = changed.plan().scope() == ChangesPlan.Scope.EVERYTHING
                || planned.purge().spec().purgeNew();
        return withNew
                ? changes
                : new FileChanges(List.of(), changes.changed(), changes.removed(), changes.unchanged());
    }
}
