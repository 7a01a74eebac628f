package io.jenkins.plugins.cachepurge.client.akamai;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * File {@code .edgerc} with Akamai's credentials: sections in brackets, each with {@code name = value} in lines, and comments
 * after {@code #} or {@code ;} at the start of a line. A name may have hyphens in place of underscores. Anything else is
 * refused, by its line number: a line that is not understood may be the one that matters.
 *
 * @param sections the values by their names, by the names of the sections
 * @see <a href="https://techdocs.akamai.com/developer/docs/set-up-authentication-credentials">Akamai: credentials</a>
 */
public record EdgeRc(Map<String, Map<String, String>> sections) {

    /** Section that Akamai's tools use if none is named. */
    public static final String DEFAULT_SECTION = "default";

    private static final Pattern SECTION = Pattern.compile("\\[\\s*([^\\[\\]]+?)\\s*]");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z_-]*)\\s*[=:]\\s*(.*)");
    private static final List<String> REQUIRED = List.of("host", "client_token", "client_secret", "access_token");

    /** Settings of Akamai's tools that have no effect on a purge. */
    private static final Set<String> IGNORED = Set.of("max_body", "max_size", "headers_to_sign", "request_limit");

    /** Longer than any file with a few sections. */
    private static final int MAX_LENGTH = 65_536;

    /** @throws IllegalArgumentException if it is not such a file; names the line, and does not quote it */
    public static EdgeRc parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it is too long for an .edgerc file");
        }
        Map<String, Map<String, String>> sections = new HashMap<>();
        Map<String, String> section = null;
        int number = 0;
        for (String raw : text.replace("\uFEFF", "").lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            Matcher header = SECTION.matcher(line);
            if (header.matches()) {
                section = newSection(sections, header.group(1), number);
            } else {
                addEntry(section, line, number);
            }
        }
        return new EdgeRc(sections);
    }

    private static Map<String, String> newSection(Map<String, Map<String, String>> sections, String name, int number) {
        Map<String, String> section = new HashMap<>();
        if (sections.put(name, section) != null) {
            throw wrong(number, "has a section that exists already");
        }
        return section;
    }

    private static void addEntry(Map<String, String> section, String line, int number) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw wrong(number, "is neither a [section] nor name = value");
        }
        if (section == null) {
            throw wrong(number, "stands before the first [section]");
        }
        String name = entry.group(1).toLowerCase(Locale.ROOT).replace('-', '_');
        if (name.equals("account_key")) {
            throw wrong(number, "names another account: use the parameter accountSwitchKey instead");
        }
        if (!REQUIRED.contains(name) && !IGNORED.contains(name)) {
            throw wrong(number, "has a name that is not one of " + String.join(", ", REQUIRED));
        }
        if (section.put(name, unquoted(entry.group(2).strip())) != null) {
            throw wrong(number, "names " + name + " again");
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static IllegalArgumentException wrong(int number, String what) {
        return new IllegalArgumentException(".edgerc: line %s %s".formatted(number, what));
    }

    /** @throws IllegalArgumentException if there is no such section, or it lacks a value; quotes none but the host */
    public EdgeGridCredentials credentials(String section) {
        Map<String, String> values = sections.get(section);
        if (values == null) {
            throw new IllegalArgumentException(".edgerc: there is no section of that name");
        }
        return EdgeGridCredentials.of(
                values.get("host"),
                values.get("client_token"),
                values.get("client_secret"),
                values.get("access_token"));
    }

    /** Contains the names of the sections only. */
    @Override
    public String toString() {
        return "EdgeRc" + sections.keySet();
    }
}
