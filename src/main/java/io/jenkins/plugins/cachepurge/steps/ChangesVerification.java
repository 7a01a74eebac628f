package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.changes.ChangesPurge;
import io.jenkins.plugins.cachepurge.changes.PlannedPurge;
import io.jenkins.plugins.cachepurge.changes.PreparedChanges;
import io.jenkins.plugins.cachepurge.changes.PurgedPageSample;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.KnownPage;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import io.jenkins.plugins.cachepurge.operation.verify.VerifiedPurge;
import io.jenkins.plugins.cachepurge.operation.verify.VerifiedPurgeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Verification that visitors get the files whose pages were purged. It is part of the operation, so that the files do not
 * count as purged if it fails.
 *
 * @param site where visitors find the files; without path
 * @param atMost maximum number of pages
 * @param timeout of the purge and the verification together
 */
record ChangesVerification(ChangesPurge purge, PageApproval access, PageUrl site, int atMost, Duration timeout) {

    /** @throws InvalidInputException if it is not known where the pages are, or they may not be read */
    static ChangesVerification of(PurgingStep step, BuildContext context, ChangesPurge purge, Duration timeout) {
        int atMost = InputField.inRange("verifyAtMost", step.getVerifyAtMost(), 1, VerificationInput.MAX_PAGES);
        Optional<SiteHosts> hosts = PurgeVerification.hosts(step.getCdn(), context);
        PageUrl site = purge.spec()
                .url()
                .or(() -> hosts.map(known -> known.urls().get(0)))
                .orElseThrow(() -> new InvalidInputException("verify", LocalizedText.of("verify.noSiteUrl")));
        ChangesVerification verification =
                new ChangesVerification(purge, new PageApproval(context, hosts), site, atMost, timeout);
        verification.page(purge.spec().base());
        return verification;
    }

    /** Finds out what changed, and prepares its purge and verification. */
    CompletableFuture<PreparedOperation<?>> prepareIn(PreparationContext context) {
        return context.compare(purge, this::prepared);
    }

    private PreparedOperation<?> prepared(PreparedChanges changed) {
        PlannedPurge planned = purge.planned(changed.plan());
        List<PageToVerify> pages = pages(planned, changed);
        SignerSource signers = purge.target().endpoint();
        return pages.isEmpty() ? withoutPages(planned, changed, signers) : withPages(planned, changed, pages, signers);
    }

    private PreparedOperation<PurgeResult> withoutPages(
            PlannedPurge planned, PreparedChanges changed, SignerSource signers) {
        VerificationResult none = new VerificationResult(List.of(), List.of());
        return new PreparedOperation<>(
                planned.operation(),
                signers,
                timeout,
                new ChangesEndHandler<>(
                        changed, result -> planned.verifiedResult(new VerifiedPurgeResult(result, none))));
    }

    private PreparedOperation<VerifiedPurgeResult> withPages(
            PlannedPurge planned, PreparedChanges changed, List<PageToVerify> pages, SignerSource signers) {
        PageVerification verification = new PageVerification(
                pages,
                Expectations.ofStatus(PurgeVerification.OK),
                CdnVerifyStep.DescriptorImpl.DEFAULT_TIMES,
                Optional.empty());
        return new PreparedOperation<>(
                new VerifiedPurge(planned.operation(), verification).operation(),
                PurgeVerification.signers(signers, site),
                timeout,
                new ChangesEndHandler<>(changed, planned::verifiedResult));
    }

    private List<PageToVerify> pages(PlannedPurge planned, PreparedChanges changed) {
        try {
            return new PurgedPageSample(planned, changed)
                    .sample(atMost).entrySet().stream()
                            .map(page -> verified(page(page.getKey()), page.getValue()))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PageToVerify verified(PageUrl page, KnownPage known) {
        return new PageToVerify(page, access.addresses(page), Map.of(), false, Optional.of(known));
    }

    /** Names of files are not expanded. */
    private PageUrl page(String path) {
        PageUrl page =
                PageUrl.of(site.origin().scheme() + "://" + site.host() + path).orElseThrow();
        access.check("url", page);
        return page;
    }
}
