package io.jenkins.plugins.cachepurge.report;

import io.jenkins.plugins.cachepurge.engine.EndedExchange;
import io.jenkins.plugins.cachepurge.engine.PartStatus;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.PrintStream;
import java.util.List;

/** Listener that prints messages on the console and stores the last one, with the progress, in a report. */
final class ReportListener implements ProgressListener {

    private final OperationReport report;
    private final PrintStream console;
    private List<PartStatus> shown = List.of();

    ReportListener(OperationReport report, PrintStream console) {
        this.report = report;
        this.console = console;
    }

    @Override
    public void message(LocalizedText line) {
        report.running(line);
        console.println(line.toString());
    }

    @Override
    public void requestsSent(int count) {
        report.setRequests(count);
    }

    @Override
    public void progressed(int units, int of) {
        report.setProgress(units, of);
    }

    @Override
    public void exchangeEnded(EndedExchange exchange) {
        report.add(exchange);
    }

    @Override
    public void partsChanged(List<PartStatus> statuses) {
        if (!statuses.equals(shown)) {
            shown = statuses;
            report.setParts(statuses);
        }
    }
}
