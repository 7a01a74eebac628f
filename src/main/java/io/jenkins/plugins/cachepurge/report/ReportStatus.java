package io.jenkins.plugins.cachepurge.report;

import org.jvnet.localizer.Localizable;

/** Status of an operation, or of a part of one. */
public enum ReportStatus {
    /** Of a part whose turn has not come. */
    WAITING("symbol-status-nobuilt", Messages._OperationReport_waiting()),
    RUNNING("symbol-status-nobuilt-anime", Messages._OperationReport_running()),
    DONE("symbol-status-blue", Messages._OperationReport_done()),
    /** Done, but a person should check something. */
    WARNING("symbol-status-yellow", Messages._OperationReport_warning()),
    FAILED("symbol-status-red", Messages._OperationReport_failed()),
    ABORTED("symbol-status-aborted", Messages._OperationReport_aborted()),
    /** It was running when Jenkins stopped, and was not resumed. */
    INTERRUPTED("symbol-status-nobuilt", Messages._OperationReport_interrupted());

    private final String icon;
    private final Localizable displayName;

    ReportStatus(String icon, Localizable displayName) {
        this.icon = icon;
        this.displayName = displayName;
    }

    /** Whether what was to be done is done. */
    boolean isSuccess() {
        return this == DONE || this == WARNING;
    }

    /** Whether the operation ended by itself. */
    boolean isEnd() {
        return isSuccess() || this == FAILED;
    }

    public String getIcon() {
        return icon;
    }

    public String getDisplayName() {
        return displayName.toString();
    }
}
