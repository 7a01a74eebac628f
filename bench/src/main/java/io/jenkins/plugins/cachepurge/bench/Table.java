package io.jenkins.plugins.cachepurge.bench;

import java.util.ArrayList;
import java.util.List;

/** Results as a Markdown table. */
final class Table {

    private record Row(String scenario, String measured) {}

    private final List<Row> rows = new ArrayList<>();

    void add(String scenario, String measured) {
        rows.add(new Row(scenario, measured));
        System.err.printf("%s: %s%n", scenario, measured);
    }

    void print() {
        System.out.println("| scenario | measured |");
        System.out.println("|---|---|");
        rows.forEach(row -> System.out.printf("| %s | %s |%n", row.scenario, row.measured));
    }
}
