package io.jenkins.plugins.cachepurge.steps;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import io.jenkins.plugins.cachepurge.site.Sites;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Lists and maps of {@code cdnVerify} in its form: texts with one value per line. */
final class VerifyForm {

    private static final String ALL_PLACES = "allPlaces";
    private static final String CDN = "cdn";

    private VerifyForm() {}

    interface Binding {
        Step bind(JSONObject form) throws FormException;
    }

    /** Creates the step from the form, whose lists and maps Stapler cannot bind. */
    static Step instance(JSONObject form, Binding rest) throws FormException {
        list(form, "urlLines", "urls");
        list(form, "pathLines", "paths");
        JSONObject allPlaces = form.optJSONObject(ALL_PLACES);
        form.remove(ALL_PLACES);
        if (allPlaces != null && allPlaces.has(CDN)) {
            form.put(CDN, allPlaces.get(CDN));
        }
        String headers = text(form, "headerLines");
        String requestHeaders = text(form, "requestHeaderLines");
        CdnVerifyStep step = (CdnVerifyStep) rest.bind(form);
        step.setHeaders(map(headers));
        step.setRequestHeaders(maps(requestHeaders));
        return step;
    }

    private static String text(JSONObject form, String name) {
        String text = form.optString(name);
        form.remove(name);
        return text.replace("\r", "");
    }

    private static void list(JSONObject form, String lines, String name) {
        List<String> values = InputField.nonBlankLines(text(form, lines));
        if (!values.isEmpty()) {
            form.put(name, JSONArray.fromObject(values));
        }
    }

    /** What is no header remains one without a value, which the build refuses. */
    private static Map<String, String> map(String lines) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : InputField.nonBlankLines(lines)) {
            String[] parts = line.split(":", 2);
            map.put(parts[0].trim(), parts.length == 1 ? "" : parts[1].trim());
        }
        return map;
    }

    private static List<Map<String, String>> maps(String blocks) {
        return Stream.of(blocks.split("\n\\s*\n"))
                .map(VerifyForm::map)
                .filter(map -> !map.isEmpty())
                .toList();
    }

    /** Headers, one per line. */
    static String lines(Map<String, String> headers) {
        return headers == null
                ? ""
                : headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** Several sets of headers, with an empty line between two. */
    static String blocks(List<LinkedHashMap<String, String>> sets) {
        return sets == null ? "" : sets.stream().map(VerifyForm::lines).collect(Collectors.joining("\n\n"));
    }

    /** The first of the URLs, one per line; empty if there is none. */
    static String firstUrl(String urlLines) {
        return InputField.nonBlankLines(Util.fixNull(urlLines)).stream()
                .findFirst()
                .orElse("");
    }

    static Object checkUrls(String text) {
        return CdnPurgeForm.checkLines(SelectionType.URLS, text);
    }

    static Object checkPaths(String text) {
        return CdnPurgeForm.checkLines(SelectionType.PATHS, text);
    }

    static Object checkRelativePath(String field, String value) {
        return value.isBlank() ? value : VerificationInput.relativePath(field, value);
    }

    static Object checkRequestHeaders(String text) {
        return VerificationInput.headerBlocks("requestHeaders", text).stream()
                .map(VerificationInput::requestHeaders)
                .toList();
    }

    /** Names of sites, for a user who may see them. */
    static ListBoxModel sites(Item item, String current) {
        ListBoxModel items = new ListBoxModel();
        items.add("", "");
        boolean visible = item != null && item.hasPermission(Item.EXTENDED_READ);
        List<String> names = visible ? Sites.names(item) : List.of();
        names.forEach(items::add);
        if (Util.fixEmpty(current) != null && !names.contains(current)) {
            items.add(current);
        }
        return items;
    }
}
