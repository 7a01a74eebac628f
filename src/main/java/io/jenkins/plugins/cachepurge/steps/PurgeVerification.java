package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.credentials.SignerSourceByAccount;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.NewerThan;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import io.jenkins.plugins.cachepurge.operation.verify.VerifiedPurge;
import io.jenkins.plugins.cachepurge.operation.verify.VerifiedPurgeResult;
import io.jenkins.plugins.cachepurge.site.SiteProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verification that the pages of a purge were stored after it.
 *
 * @param atMost maximum number of pages
 */
record PurgeVerification(PreparationContext context, CdnProvider cdn, PurgeSelection selection, int atMost) {

    static final int OK = 200;

    static PurgeVerification of(PurgingStep step, PreparationContext context, PurgeSelection selection) {
        return new PurgeVerification(context, step.getCdn(), selection, step.getVerifyAtMost());
    }

    /** @throws InvalidInputException if the URLs of the pages are not known, or they may not be read */
    PreparedOperation<VerifiedPurgeResult> after(PreparedOperation<PurgeResult> purge) {
        int count = InputField.inRange("verifyAtMost", atMost, 1, VerificationInput.MAX_PAGES);
        Optional<SiteHosts> hosts = hosts();
        PageApproval access = new PageApproval(context.build(), hosts);
        List<PageUrl> pages = access.urls(urls(hosts).stream().limit(count).toList());
        List<PageToVerify> verified = pages.stream()
                .map(page -> new PageToVerify(page, access.addresses(page), Map.of(), false, Optional.empty()))
                .toList();
        PageVerification verification = new PageVerification(
                verified, expectations(), CdnVerifyStep.DescriptorImpl.DEFAULT_TIMES, Optional.empty());
        return new PreparedOperation<>(
                new VerifiedPurge(purge.operation(), verification).operation(),
                signers(purge.signers(), pages.get(0)),
                purge.timeout());
    }

    /** Those of a purge, and none for pages. */
    static SignerSource signers(SignerSource purge, PageUrl page) {
        return new SignerSourceByAccount(
                purge,
                VerifiedPurge.PAGES,
                new ServiceEndpoint(PageApproval.origin(page), CredentialsReference.none()));
    }

    private Expectations expectations() {
        return new Expectations(
                OK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(new NewerThan(context.startedAt(), "the purge")));
    }

    private Optional<SiteHosts> hosts() {
        return hosts(cdn, context.build());
    }

    /** Those of a site; empty for another CDN. */
    static Optional<SiteHosts> hosts(CdnProvider cdn, BuildContext context) {
        return cdn instanceof SiteProvider site
                ? Optional.of(site.resolved(context).hosts())
                : Optional.empty();
    }

    private List<String> urls(Optional<SiteHosts> hosts) {
        List<String> single = selection.values().stream()
                .filter(value -> !PurgeCapabilities.hasStar(selection.type(), value))
                .toList();
        boolean known =
                selection.type() == SelectionType.URLS || selection.type() == SelectionType.PATHS && hosts.isPresent();
        if (!known || single.isEmpty()) {
            throw new InvalidInputException("verify", LocalizedText.of("verify.noUrls"));
        }
        return selection.type() == SelectionType.URLS
                ? single
                : VerificationPreparation.pathsOf(hosts.orElseThrow(), single, context.build());
    }
}
