package io.jenkins.plugins.cachepurge.site;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnHistory;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.AgentUse;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Site that a job purges, with the checked parameters of its layers.
 *
 * @param layers in the order in which they are purged
 */
record SiteTarget(SiteSnapshot site, List<SiteLayer> layers) implements CdnTarget {

    /** @throws InvalidInputException if a layer cannot be used as it is set up */
    static SiteTarget of(SiteSnapshot site, BuildContext build) {
        UrlApproval urls = site.isGlobal() ? UrlApproval.ANY : build.urls();
        List<String> names = site.site().layerNames();
        List<SiteLayer> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            CdnProvider provider = site.site().getLayers().get(i);
            // A job's variables must not change what an administrator has entered.
            BuildContext context =
                    new BuildContext(build.run(), build.executionId() + i, UnaryOperator.identity(), urls);
            layers.add(SiteLayer.of(site, names.get(i), provider, context));
        }
        return new SiteTarget(site, List.copyOf(layers));
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public String identity() {
        return site.title();
    }

    @Override
    public OperationDescription description(String service) {
        return SitePurge.description(site.text());
    }

    @Override
    public List<ApiUrl> urlsWithAnyAddress() {
        return layers.stream()
                .flatMap(layer -> layer.target().urlsWithAnyAddress().stream())
                .toList();
    }

    @Override
    public SignerSource endpoint() {
        return new SiteSignerSource(site, layers);
    }

    private record SiteSignerSource(SiteSnapshot site, List<SiteLayer> layers) implements SignerSource {

        @Override
        public Optional<AgentUse> agentUse() {
            return AgentUse.of(layers.stream().map(SiteLayer::agentUse));
        }

        @Override
        public SignerProvider signerFrom(CredentialsSource source) {
            return new SiteSigners(
                    layers.stream().map(layer -> layer.signer(source)).toList());
        }

        @Override
        public SignerProvider signerFor(Run<?, ?> run) {
            return signerFrom(new SiteCredentials(run, site.folder()));
        }
    }

    @Override
    public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
        if (!options.waitForCompletion() && layers.size() > 1) {
            throw new InvalidInputException("wait", LocalizedText.of("site.wait"));
        }
        List<PurgeSelection> adapted = new LayerSelections(site, layers).adapt(selection, options.soft());
        List<SitePurge.Layer> purges = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            purges.add(new SitePurge.Layer(layers.get(i).name(), layers.get(i).purge(adapted.get(i), options)));
        }
        return new SitePurge(site.name(), site.text(), selection, purges).operation();
    }

    @Override
    public PurgeResult dryRun(String provider, PurgeSelection selection) {
        List<PurgeSelection> adapted = new LayerSelections(site, layers).adapt(selection, false);
        List<PurgeResult> results = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            results.add(layers.get(i).dryRun(adapted.get(i)));
        }
        return SitePurge.result(name(), selection, results);
    }

    /** The layer that lists earlier purges. */
    @Override
    public CdnTarget historyTarget(Optional<String> layer) {
        List<SiteLayer> listing = layers.stream()
                .filter(each -> each.target().history().isPresent())
                .toList();
        List<SiteLayer> able = layer.map(this::named).orElse(listing);
        if (able.size() > 1) {
            throw new InvalidInputException("layer", LocalizedText.of("site.layer.several", names(able)));
        }
        if (able.isEmpty() && layer.isPresent()) {
            String shown = PrintableText.quote(layer.get());
            throw new InvalidInputException("layer", LocalizedText.of("site.layer.missing", shown, names(layers)));
        }
        if (able.isEmpty()) {
            return this;
        }
        SiteLayer chosen = able.get(0);
        if (!listing.isEmpty() && !listing.contains(chosen)) {
            throw new InvalidInputException(
                    "layer", LocalizedText.of("site.layer.noHistory", chosen.name(), names(listing)));
        }
        return new HistoryLayer(site, chosen);
    }

    private List<SiteLayer> named(String name) {
        return layers.stream().filter(each -> each.name().equals(name)).toList();
    }

    private static String names(List<SiteLayer> layers) {
        return layers.stream().map(SiteLayer::name).collect(Collectors.joining(", "));
    }

    /** A layer by itself, with the credentials of the site. */
    private record HistoryLayer(SiteSnapshot site, SiteLayer layer) implements CdnTarget {

        @Override
        public SignerSource endpoint() {
            return new LayerSignerSource(site, layer);
        }

        @Override
        public String name() {
            return layer.target().name();
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return layer.purge(selection, options);
        }

        @Override
        public Optional<CdnHistory> history() {
            return layer.target().history();
        }
    }

    private record LayerSignerSource(SiteSnapshot site, SiteLayer layer) implements SignerSource {

        @Override
        public Optional<AgentUse> agentUse() {
            return layer.agentUse();
        }

        @Override
        public SignerProvider signerFrom(CredentialsSource source) {
            return layer.signer(source);
        }

        @Override
        public SignerProvider signerFor(Run<?, ?> run) {
            return signerFrom(new SiteCredentials(run, site.folder()));
        }
    }
}
