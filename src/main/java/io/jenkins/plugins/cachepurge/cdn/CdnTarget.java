package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.verify.EdgeCheck;
import java.util.List;
import java.util.Optional;

/** Part of a CDN that a job purges, with checked parameters. */
public interface CdnTarget {

    /** How requests to it are authenticated: mostly the URL of its API and its credentials. */
    SignerSource endpoint();

    /** Its id at the CDN, such as that of a zone or distribution. */
    String name();

    /** What is different for two targets whose pages are different: its name, if that says it all. */
    default String identity() {
        return name();
    }

    /**
     * Description of a purge of it, of which nothing is sent.
     *
     * @param service the name of the CDN
     */
    default OperationDescription description(String service) {
        return OperationDescription.purge(service, name());
    }

    /**
     * Creates a purge; nothing is sent before it runs, and a dry run ends here. So everything that can be checked
     * without a request must be.
     *
     * @param selection of a type that {@link CdnProviderDescriptor#capabilities()} names
     * @param options soft only if it is supported
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if it cannot purge that
     */
    Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options);

    /**
     * Result of a purge of which nothing was sent.
     *
     * @param provider its symbol
     */
    default PurgeResult dryRun(String provider, PurgeSelection selection) {
        return new PurgeResult(provider, name(), PurgeResult.DRY_RUN, selection);
    }

    /**
     * Whether a path is purged at all hosts of its pages, as at most CDNs. If not, a site purges URLs instead, with each
     * of its hosts.
     */
    default boolean knowsHosts() {
        return true;
    }

    /** URLs of its servers of which one address is asked, although their names may have several. */
    default List<ApiUrl> urlsWithAnyAddress() {
        return List.of();
    }

    /**
     * The target whose earlier purges are listed.
     *
     * @param layer of a site
     * @throws InvalidInputException if there is no such layer, or several could be meant
     */
    default CdnTarget historyTarget(Optional<String> layer) {
        if (layer.isPresent()) {
            throw new InvalidInputException("layer", LocalizedText.of("cdn.noLayers", name()));
        }
        return this;
    }

    /** Its own check of what each of its places serves; empty if it has none. */
    default Optional<EdgeCheck> edgeCheck() {
        return Optional.empty();
    }

    /** Earlier purges; empty if the CDN does not list them. */
    default Optional<CdnHistory> history() {
        return Optional.empty();
    }
}
