package io.jenkins.plugins.cachepurge.bench;

import java.util.ArrayList;
import java.util.List;

/** Results as a Markdown table. */
final class Table {

    private record Row(String scenario, String measured, String toReach) {}

    private final List<Row> rows = new ArrayList<>();

    void add(String scenario, String measured, String toReach) {
        rows.add(new Row(scenario, measured, toReach));
        System.err.printf("%s: %s (%s)%n", scenario, measured, toReach);
    }

    void print() {
        System.out.println("| scenario | measured | to reach |");
        System.out.println("|---|---|---|");
        rows.forEach(row -> System.out.printf("| %s | %s | %s |%n", row.scenario, row.measured, row.toReach));
    }
}
