package io.jenkins.plugins.cachepurge.steps;

import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Selection in the form of {@code cdnPurge}: a type, and one text with a value per line. */
final class CdnPurgeForm {

    private static final String KIND = "kind";
    private static final String LINES = "lines";
    private static final String CHANGES = "changes";
    private static final String CHOSEN_CDN = "chosenCdn";

    private CdnPurgeForm() {}

    /** Puts the step's parameters in the place of the form's own fields. */
    static void intoParameters(JSONObject form) {
        SelectionType kind = kind(form.optString(KIND));
        List<String> values = InputField.nonBlankLines(form.optString(LINES));
        form.remove(KIND);
        form.remove(LINES);
        form.remove(CHOSEN_CDN);
        if (form.has(CHANGES)) {
            return;
        }
        if (kind == SelectionType.ALL) {
            form.put(kind.parameter(), true);
        } else if (!values.isEmpty()) {
            form.put(kind.parameter(), JSONArray.fromObject(values));
        }
    }

    /** JSON for the script of the form: the label for each type. */
    static String linesLabels(Function<SelectionType, String> label) {
        return JSONObject.fromObject(Stream.of(SelectionType.values()).collect(Collectors.toMap(Enum::name, label)))
                .toString();
    }

    /** @param name null or empty for the one that a new form shows */
    static SelectionType kind(String name) {
        return Util.fixEmpty(name) == null ? SelectionType.PATHS : SelectionType.valueOf(name);
    }

    /**
     * What is selected, if the chosen CDN can purge it.
     *
     * @param chosen symbol of the chosen CDN; unknown as long as the form's script has not run
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming what cannot be used
     */
    static PurgeSelection selection(List<Descriptor<CdnProvider>> cdns, String chosen, String kindName, String text) {
        SelectionType kind = kind(kindName);
        if (kind != SelectionType.ALL) {
            checkLines(kind, text);
        }
        PurgeSelection selection = new PurgeSelection(kind, InputField.nonBlankLines(text));
        cdns.stream()
                .map(CdnProviderDescriptor.class::cast)
                .filter(cdn -> cdn.symbolName().equals(chosen))
                .forEach(cdn -> cdn.capabilities().check(cdn.getDisplayName(), selection, false));
        return selection;
    }

    /**
     * Checks values of one kind, one per line; blank lines are none.
     *
     * @return the values in the form in which they are sent
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the line that cannot be used
     */
    static List<String> checkLines(SelectionType kind, String text) {
        List<String> lines = text.lines().map(String::trim).toList();
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isEmpty())
                .mapToObj(i -> kind.entered(LocalizedText.of("line", i + 1), lines.get(i)))
                .toList();
    }

    static String displayName(SelectionType kind) {
        return switch (kind) {
            case PATHS -> Messages.CdnPurgeStep_paths();
            case URLS -> Messages.CdnPurgeStep_urls();
            case TAGS -> Messages.CdnPurgeStep_tags();
            case PREFIXES -> Messages.CdnPurgeStep_prefixes();
            case HOSTS -> Messages.CdnPurgeStep_hosts();
            case ALL -> Messages.CdnPurgeStep_all();
        };
    }

    /** JSON for the script of the form: a list with {@code symbol}, {@code kinds} and {@code soft} of each CDN. */
    static String support(List<Descriptor<CdnProvider>> cdns) {
        JSONArray all = new JSONArray();
        cdns.stream().map(CdnProviderDescriptor.class::cast).forEach(cdn -> {
            PurgeCapabilities support = cdn.capabilities();
            all.add(new JSONObject()
                    .element("symbol", cdn.symbolName())
                    .element("kinds", names(support.types()))
                    .element("soft", names(support.soft())));
        });
        return all.toString();
    }

    private static List<String> names(Set<SelectionType> kinds) {
        return kinds.stream().map(SelectionType::name).toList();
    }
}
