package io.jenkins.plugins.cachepurge.bench;

import java.util.ArrayList;
import java.util.List;

/** Results as a Markdown table. */
final class Table {

    private record Row(String scenario, String measured, String target) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a result that nothing is demanded of. */
    void add(String scenario, String measured) {
        add(scenario, measured, "");
    }

    void add(String scenario, String measured, String target) {
        rows.add(new Row(scenario, measured, target));
        System.err.printf("%s: %s%s%n", scenario, measured, target.isEmpty() ? "" : "; to reach: " + target);
    }

    void print() {
        System.out.println("| scenario | measured | to reach |");
        System.out.println("|---|---|---|");
        rows.forEach(row -> System.out.printf("| %s | %s | %s |%n", row.scenario, row.measured, row.target));
    }
}
