package io.jenkins.plugins.cachepurge.operation.cloudfront;

import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import java.util.List;
import java.util.regex.Pattern;

/** Checks and conversion of a selection into CloudFront's paths and tags. */
final class CloudFrontItems {

    private static final int MAX_PATH_LENGTH = 4_000;
    private static final String TAG_MARK = "#";

    private static final Pattern STAR_BEFORE_END = Pattern.compile("\\*.");

    /** Visible ASCII without comma and star, which separate tags and stand for all. */
    private static final Pattern TAG = Pattern.compile("[\\x21-\\x7e&&[^,*]]{1,256}");

    private CloudFrontItems() {}

    /** @throws InvalidInputException if CloudFront cannot invalidate one of the values */
    static List<String> of(PurgeSelection selection) {
        WildcardPaths.check(selection);
        List<String> items =
                switch (selection.type()) {
                    case ALL -> List.of(CloudFrontClient.EVERYTHING);
                    case TAGS ->
                        selection.values().stream().map(CloudFrontItems::tag).toList();
                    default -> WildcardPaths.of(selection.type(), selection.values());
                };
        if (selection.type() != SelectionType.TAGS) {
            items.forEach(item -> checkPath(selection.type(), item));
        }
        return items;
    }

    private static String tag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw invalid("cloudFront.tag", SelectionType.TAGS, tag);
        }
        return TAG_MARK + tag;
    }

    private static void checkPath(SelectionType type, String path) {
        if (STAR_BEFORE_END.matcher(path).find()) {
            throw invalid("cloudFront.star", type, path);
        }
        if (path.length() > MAX_PATH_LENGTH) {
            throw invalid("cloudFront.path", type, path);
        }
    }

    private static InvalidInputException invalid(String advice, SelectionType type, String value) {
        return new InvalidInputException(type.parameter(), LocalizedText.of(advice, PrintableText.quote(value)));
    }
}
