package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selections of a site in the form of each of its layers. */
record LayerSelections(SiteSnapshot site, List<SiteLayer> layers) {

    /**
     * The selection of each layer, in their order.
     *
     * @throws InvalidInputException if a value is not of the site, or a layer cannot purge that
     */
    List<PurgeSelection> adapt(PurgeSelection selection, boolean soft) {
        SiteHosts hosts = site.hosts();
        hosts.check(site.name(), selection);
        return layers.stream()
                .map(layer -> adapt(layer, hosts, selection, soft))
                .toList();
    }

    private PurgeSelection adapt(SiteLayer layer, SiteHosts hosts, PurgeSelection selection, boolean soft) {
        PurgeSelection adapted =
                layer.form().adapt(hosts, selection).orElseThrow(() -> cannot(layer, selection.type()));
        PurgeCapabilities able = layer.form().capabilities();
        if (soft && !able.soft().contains(adapted.type())) {
            throw new InvalidInputException(
                    "soft", LocalizedText.of("site.soft", layer.name(), site.name(), selection.text()));
        }
        if (!able.wildcards().contains(adapted.type())) {
            checkNoStar(layer, selection);
        }
        return adapted;
    }

    private void checkNoStar(SiteLayer layer, PurgeSelection selection) {
        for (String value : selection.values()) {
            if (PurgeCapabilities.hasStar(selection.type(), value)) {
                String type = selection.type().parameter();
                throw new InvalidInputException(
                        type,
                        LocalizedText.of("site.star", PrintableText.quote(value), layer.name(), site.name(), type));
            }
        }
    }

    /** Names the layer, and what all of them together can purge. */
    private InvalidInputException cannot(SiteLayer layer, SelectionType type) {
        String together = Stream.of(SelectionType.values())
                .filter(each -> layers.stream().allMatch(other -> other.form().canPurge(each)))
                .map(SelectionType::parameter)
                .collect(Collectors.joining(", "));
        return new InvalidInputException(
                type.parameter(),
                together.isEmpty()
                        ? LocalizedText.of("site.kind.none", site.name(), type.parameter(), layer.name())
                        : LocalizedText.of("site.kind", site.name(), type.parameter(), layer.name(), together));
    }
}
