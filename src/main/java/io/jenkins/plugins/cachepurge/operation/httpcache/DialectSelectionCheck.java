package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope.Match;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishDialect;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Check of a selection against the requests of a VCL.
 *
 * @param dialect of the VCL
 */
public record DialectSelectionCheck(VarnishDialect dialect) {

    /** A blank or comma would end a tag, and a blank also the expression of a ban. */
    private static final Pattern TAG = Pattern.compile("[!-+\\--~]+");

    /** @throws InvalidInputException if such a VCL cannot purge that, or would purge something else */
    public void check(PurgeScopes scopes, boolean soft) {
        PurgeSelection selection = scopes.selection();
        boolean all = selection.isAll();
        Match match = all && scopes.host().isEmpty() ? Match.ALL : match(selection.type());
        if (!dialect.supports(match)) {
            if (all && dialect.supports(Match.ALL)) {
                throw new InvalidInputException("host", LocalizedText.of("caches.dialect.host", dialect.symbol()));
            }
            throw new InvalidInputException(
                    selection.type().parameter(),
                    LocalizedText.of("caches.dialect.kind", dialect.symbol(), supported()));
        }
        if (soft && !dialect.supportsSoft(match)) {
            throw new InvalidInputException("soft", LocalizedText.of("caches.dialect.soft", dialect.symbol()));
        }
        if (match == Match.TAGS) {
            selection.values().forEach(this::checkTag);
        }
    }

    private void checkTag(String tag) {
        if (!TAG.matcher(tag).matches() || !dialect.fits(List.of(tag))) {
            throw new InvalidInputException(
                    "tags", LocalizedText.of("caches.tag", PrintableText.quote(tag), VarnishDialect.MAX_HEADER_LENGTH));
        }
    }

    private static Match match(SelectionType type) {
        return switch (type) {
            case PATHS, URLS -> Match.EXACT;
            case PREFIXES, HOSTS, ALL -> Match.PREFIX;
            case TAGS -> Match.TAGS;
        };
    }

    private String supported() {
        return Stream.of(SelectionType.PATHS, SelectionType.URLS, SelectionType.PREFIXES, SelectionType.TAGS)
                .filter(type -> dialect.supports(match(type)))
                .map(SelectionType::parameter)
                .collect(Collectors.joining(", "));
    }
}
