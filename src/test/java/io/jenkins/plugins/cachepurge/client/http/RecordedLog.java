package io.jenkins.plugins.cachepurge.client.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Lines of the plugin's log at the level FINE, from now until it is closed. */
public final class RecordedLog implements AutoCloseable {

    private final Logger logger = Logger.getLogger(PluginLog.NAME);
    private final Level usual = logger.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public RecordedLog() {
        handler.setLevel(Level.FINE);
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
    }

    /** In the order in which they were written. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(usual);
    }
}
