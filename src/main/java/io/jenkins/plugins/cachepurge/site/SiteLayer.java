package io.jenkins.plugins.cachepurge.site;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.credentials.AgentUse;
import io.jenkins.plugins.cachepurge.credentials.CredentialsSource;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.site.LayerForm;
import java.util.Optional;

/**
 * Layer of a site, with checked parameters.
 *
 * @param site its title
 * @param name unique in the site
 * @param symbol the provider's
 */
record SiteLayer(String site, String name, String symbol, CdnTarget target, LayerForm form) {

    private static final String CREDENTIALS = "credentialsId";

    /** @throws InvalidInputException if it cannot be used as it is set up */
    static SiteLayer of(SiteSnapshot site, String name, CdnProvider provider, BuildContext context) {
        try {
            CdnTarget target = provider.target(context);
            PurgeCapabilities capabilities = provider.getDescriptor().capabilities();
            return new SiteLayer(
                    site.title(),
                    name,
                    provider.getDescriptor().symbolName(),
                    target,
                    new LayerForm(capabilities, target.knowsHosts()));
        } catch (InvalidInputException e) {
            throw new InvalidInputException("site", problem(site.title(), name, e));
        }
    }

    /** Ids of credentials are nothing for those who read the job. */
    private static LocalizedText problem(String site, String layer, InvalidInputException problem) {
        return problem.field().equals(CREDENTIALS)
                ? LocalizedText.of("site.credentials", layer, site)
                : LocalizedText.of("site.field", layer, site, problem.field(), problem.reason());
    }

    /** Its requests that are sent by the agent on which the build runs; empty if the controller sends all. */
    Optional<AgentUse> agentUse() {
        return target.endpoint().agentUse().map(use -> () -> check(use));
    }

    private void check(AgentUse use) {
        try {
            use.check();
        } catch (InvalidInputException e) {
            throw new InvalidInputException("site", problem(site, name, e));
        }
    }

    LayerSignerProvider signer(CredentialsSource source) {
        return new LayerSignerProvider(site, name, target.endpoint().signerFrom(source));
    }

    /** @throws InvalidInputException if it cannot purge some value */
    Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
        try {
            return target.purge(selection, options);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.field(), LocalizedText.of("site.value", name, site, e.reason()));
        }
    }

    PurgeResult dryRun(PurgeSelection selection) {
        return target.dryRun(symbol, selection);
    }
}
