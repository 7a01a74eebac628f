package io.jenkins.plugins.cachepurge.operation.site;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.SequentialParts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Purge of a site: of each layer when the one before is purged, from the origin to the visitor. An outer cache that is
 * purged first would fetch the old page again from the inner one.
 *
 * @param site its name
 * @param title its name for people
 * @param layers at least one, in the order in which they are purged
 */
public record SitePurge(String site, LocalizedText title, PurgeSelection selection, List<Layer> layers) {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "site";

    /** Status of a site whose layers ended with different ones. */
    private static final String PURGED = "purged";

    /**
     * Purge of a layer.
     *
     * @param name unique in the site; also that of its credentials
     */
    public record Layer(String name, Operation<?, PurgeResult> purge) {}

    public SitePurge {
        layers = List.copyOf(layers);
    }

    /** The purge as an operation. */
    public Operation<SitePurge, PurgeResult> operation() {
        return Operation.of(description(), this, new PurgingLayers());
    }

    private OperationDescription description() {
        return description(title);
    }

    /**
     * Description of a purge of a site.
     *
     * @param title its name for people
     */
    public static OperationDescription description(LocalizedText title) {
        return new OperationDescription(LocalizedText.of("service.site"), OperationKind.SITE_PURGE, title);
    }

    /**
     * Result of the purge of a site.
     *
     * @param layers those of its layers, in their order
     */
    public static PurgeResult result(String site, PurgeSelection selection, List<PurgeResult> layers) {
        List<String> statuses =
                layers.stream().map(PurgeResult::status).distinct().toList();
        return new PurgeResult(PROVIDER, site, statuses.size() == 1 ? statuses.get(0) : PURGED, selection)
                .withLayers(layers);
    }

    private record PurgingLayers() implements State<SitePurge, PurgeResult> {

        @Override
        public Next<SitePurge, PurgeResult> next(SitePurge purge) {
            return new Next.RunParts<>(
                    new Layers(purge),
                    ResultList<PurgeResult>::new,
                    layers -> new SucceededState<>(result(purge.site(), purge.selection(), layers.inOrder())));
        }
    }

    /** A part for each layer. */
    private record Layers(SitePurge purge) implements SequentialParts<PurgeResult> {

        @Override
        public int count() {
            return purge.layers().size();
        }

        @Override
        public Operation<?, PurgeResult> create(int index) {
            return purge.layers().get(index).purge().withAccount(name(index));
        }

        @Override
        public String name(int index) {
            return purge.layers().get(index).name();
        }

        @Override
        public LocalizedText announcement(int index) {
            return LocalizedText.of("site.layerBegins", purge.description().text(), index + 1, count(), name(index));
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.purgeSite", purge.selection().text(), purge.title());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.layers");
        }

        @Override
        public Optional<String> describeEach(IntPredicate succeeded) {
            return Optional.of(purgedAndNot(succeeded));
        }

        @Override
        public ApiException failure(OperationDescription whole, PartFailures failures) {
            int failed = failures.listed().get(0).index();
            return failures.first()
                    .withMessage("%s: %s. Layer %s: %s"
                            .formatted(
                                    whole,
                                    purgedAndNot(index -> index < failed),
                                    name(failed),
                                    failures.first().getMessage()));
        }

        private String purgedAndNot(IntPredicate succeeded) {
            return "purged: %s; may still have the old pages: %s"
                    .formatted(names(succeeded), names(succeeded.negate()));
        }

        private String names(IntPredicate chosen) {
            String names = IntStream.range(0, count())
                    .filter(chosen)
                    .mapToObj(this::name)
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "none" : names;
        }
    }
}
