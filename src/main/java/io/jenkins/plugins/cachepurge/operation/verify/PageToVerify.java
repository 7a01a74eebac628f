package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.page.PageRequest;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Page that is verified, in one of its variants.
 *
 * @param url of the page
 * @param addresses those that its host may have
 * @param requestHeaders of the variant
 * @param isVariant whether there are several
 * @param known what is known of this page only; empty if it is what is expected of all
 */
public record PageToVerify(
        PageUrl url,
        AddressRule addresses,
        Map<String, String> requestHeaders,
        boolean isVariant,
        Optional<KnownPage> known) {

    public PageToVerify {
        requestHeaders = Map.copyOf(requestHeaders);
    }

    PageRequest request() {
        return new PageRequest(url, requestHeaders, addresses);
    }

    /** For messages: its URL without the query, which may hold a token, and the variant if there are several. */
    @Override
    public String toString() {
        String shown = ValueText.of(List.of(url.text()), "page").substring("page ".length());
        return isVariant && !requestHeaders.isEmpty() ? "%s (%s)".formatted(shown, variant()) : shown;
    }

    private String variant() {
        return requestHeaders.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining(", "));
    }
}
