package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.AddressScope;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pages that a job may read: those of its site, and those below an approved URL.
 *
 * @param site its hosts; empty without a site
 */
record PageApproval(BuildContext context, Optional<SiteHosts> site) {

    /** An approved URL with such a host names an address, so that it is meant even if it leads to this machine. */
    private static final Pattern ADDRESS = Pattern.compile("localhost|[0-9.]+|[0-9a-f]*:[0-9a-f:.]*");

    /** @throws InvalidInputException if a page is none, or may not be read */
    List<PageUrl> urls(List<String> urls) {
        List<PageUrl> pages = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            PageUrl page = VerificationInput.page(LocalizedText.of("url", i + 1), context.expand(urls.get(i)));
            check("urls", page);
            pages.add(page);
        }
        return pages;
    }

    /** @throws InvalidInputException with the name of the field if the page may not be read */
    void check(String field, PageUrl page) {
        boolean ofSite = site.filter(hosts -> hosts.contains(page)).isPresent();
        if (!ofSite && !isApproved(page)) {
            throw new InvalidInputException(
                    field, LocalizedText.of("url.unapproved", PrintableText.quote(withoutQuery(page))));
        }
    }

    /** Whether it is below an approved URL, so that credentials may be sent to it. */
    boolean isApproved(PageUrl page) {
        return approvable(page).filter(context.urls()::isApproved).isPresent();
    }

    /** Empty for a path that some server resolves to one above. */
    private static Optional<ApiUrl> approvable(PageUrl page) {
        try {
            return Optional.of(ApiUrl.of(withoutQuery(page)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String withoutQuery(PageUrl page) {
        return page.text().split("\\?", 2)[0];
    }

    /** The host's scheme, name and port. */
    static ApiUrl origin(PageUrl page) {
        return ApiUrl.of(page.origin().toString());
    }

    /**
     * The addresses that the host of a page may have. Visitors find a site anywhere; what is inside must be approved with
     * its host, and this machine and its link with the address itself.
     */
    AddressRule addresses(PageUrl page) {
        if (!isApproved(page)) {
            return AddressRule.GLOBAL_ONLY;
        }
        boolean isAddress = ADDRESS.matcher(page.origin().host()).matches();
        return new AddressRule(isAddress ? AddressScope.LOCAL : AddressScope.PRIVATE, 0);
    }
}
