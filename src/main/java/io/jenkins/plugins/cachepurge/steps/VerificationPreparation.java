package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.RouteSettings;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.credentials.SignerSource;
import io.jenkins.plugins.cachepurge.credentials.SignerSourceByAccount;
import io.jenkins.plugins.cachepurge.credentials.UsernamePasswordReference;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import io.jenkins.plugins.cachepurge.operation.verify.EdgeCheck;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.KnownPage;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import io.jenkins.plugins.cachepurge.site.SiteSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes an operation of the parameters of {@code cdnVerify}. */
final class VerificationPreparation {

    private final CdnVerifyStep step;
    private final BuildContext context;
    private final Optional<SiteSnapshot> site;
    private final PageApproval access;

    VerificationPreparation(CdnVerifyStep step, BuildContext context) {
        this.step = step;
        this.context = context;
        this.site = step.site(context);
        this.access = new PageApproval(context, site.map(SiteSnapshot::hosts));
    }

    /**
     * @param digests of the whole body of each page; empty if they are not known
     * @throws InvalidInputException naming the parameter that cannot be used
     */
    PreparedOperation<VerificationResult> prepare(List<String> digests) {
        List<PageUrl> urls = pages();
        Expectations expected = step.expectations(context);
        int times = InputField.inRange("times", step.getTimes(), 1, VerificationInput.MAX_TIMES);
        Duration timeout = step.checkedTimeout();
        List<PageToVerify> pages = variants(urls, digests);
        Optional<CdnTarget> cdn = Optional.ofNullable(step.getCdn()).map(provider -> provider.target(context));
        PageVerification verification = new PageVerification(pages, expected, times, cdn.map(this::edgeCheck));
        SignerSource ownSigners = signers(urls);
        SignerSource signers = cdn.isEmpty()
                ? ownSigners
                : new SignerSourceByAccount(
                        ownSigners, PageVerification.CDN, cdn.get().endpoint());
        return new PreparedOperation<>(verification.operation(), signers, timeout);
    }

    /** Reads the files first. */
    CompletableFuture<PreparedOperation<VerificationResult>> prepareWithFiles(PreparationContext preparation) {
        List<PageUrl> urls = pages();
        step.expectations(context);
        List<String> files = step.getFile() == null
                ? filesOf(urls)
                : List.of(VerificationInput.relativePath("file", context.expand(step.getFile())));
        return FileDigests.read(files, step.getFile() == null ? "dir" : "file", preparation)
                .thenApply(
                        digests -> prepare(step.getFile() == null ? digests : repeated(digests.get(0), urls.size())));
    }

    private List<String> filesOf(List<PageUrl> urls) {
        String directory = VerificationInput.relativePath("dir", context.expand(step.getDir()));
        return urls.stream()
                .map(url -> directory + "/" + VerificationInput.fileOf(url))
                .toList();
    }

    private static List<String> repeated(String digest, int count) {
        return Collections.nCopies(count, digest);
    }

    private List<PageUrl> pages() {
        boolean hasUrls = step.getUrls() != null && !step.getUrls().isEmpty();
        boolean hasPaths = step.getPaths() != null && !step.getPaths().isEmpty();
        if (hasPaths && site.isEmpty()) {
            throw new InvalidInputException("site", LocalizedText.of("verify.noSite"));
        }
        if (!hasUrls && !hasPaths) {
            throw new InvalidInputException(site.isPresent() ? "paths" : "urls", LocalizedText.of("verify.noPages"));
        }
        List<PageUrl> pages = new ArrayList<>();
        if (hasPaths) {
            pages.addAll(access.urls(urlsOf(site.orElseThrow().hosts())));
        }
        if (hasUrls) {
            pages.addAll(access.urls(step.getUrls()));
        }
        List<PageUrl> distinct = pages.stream().distinct().toList();
        InputField.inRange("urls", distinct.size() * variantCount(), 1, VerificationInput.MAX_PAGES);
        return distinct;
    }

    /** The paths at the main host of the site. */
    private List<String> urlsOf(SiteHosts hosts) {
        return pathsOf(hosts, step.getPaths(), context);
    }

    /** URLs of paths at the main host of a site. */
    static List<String> pathsOf(SiteHosts hosts, List<String> paths, BuildContext context) {
        PageUrl main = hosts.urls().get(0);
        String root = main.origin().scheme() + "://" + main.host();
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            urls.add(root + VerificationInput.path(LocalizedText.of("path", i + 1), context.expand(paths.get(i))));
        }
        return urls;
    }

    private int variantCount() {
        return Math.max(1, step.variants().size());
    }

    private List<PageToVerify> variants(List<PageUrl> urls, List<String> digests) {
        List<Map<String, String>> variants = step.variants().isEmpty()
                ? List.of(Map.of())
                : step.variants().stream().map(this::checked).toList();
        List<PageToVerify> pages = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            Optional<KnownPage> known =
                    digests.isEmpty() ? Optional.empty() : Optional.of(new KnownPage.Body(digests.get(i)));
            for (Map<String, String> headers : variants) {
                PageUrl url = urls.get(i);
                pages.add(new PageToVerify(url, access.addresses(url), headers, variants.size() > 1, known));
            }
        }
        return pages;
    }

    private Map<String, String> checked(Map<String, String> headers) {
        Map<String, String> expanded = new LinkedHashMap<>();
        headers.forEach((name, value) -> expanded.put(name, context.expand(value)));
        return VerificationInput.requestHeaders(expanded);
    }

    private EdgeCheck edgeCheck(CdnTarget target) {
        return target.edgeCheck()
                .orElseThrow(() -> new InvalidInputException(
                        "cdn",
                        LocalizedText.of(
                                "verify.noEdgeCheck",
                                step.getCdn().getDescriptor().getDisplayName())));
    }

    /** Credentials are sent to approved URLs only. */
    private SignerSource signers(List<PageUrl> urls) {
        if (step.getCredentialsId() == null) {
            return endpoint(urls, CredentialsReference.none());
        }
        for (PageUrl url : urls) {
            if (!access.isApproved(url)) {
                throw new InvalidInputException(
                        "credentialsId",
                        LocalizedText.of(
                                "verify.credentials",
                                PrintableText.quote(PageApproval.origin(url).toString())));
            }
        }
        return endpoint(urls, new UsernamePasswordReference(step.getCredentialsId(), origins(urls)));
    }

    private static List<ApiUrl> origins(List<PageUrl> urls) {
        return urls.stream().map(PageApproval::origin).distinct().toList();
    }

    private ServiceEndpoint endpoint(List<PageUrl> urls, CredentialsReference credentials) {
        List<ApiUrl> pages = credentials.credentialsId().isEmpty()
                ? List.of()
                : urls.stream().map(PageApproval::withoutQuery).map(ApiUrl::of).toList();
        return new ServiceEndpoint(
                PageApproval.origin(urls.get(0)),
                credentials,
                RouteSettings.withoutCertificate(step.getVia(), credentials, pages));
    }
}
