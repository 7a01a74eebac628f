package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.engine.CheckpointEntry;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes checkpoints as a build does, but keeps only how many bytes they have. */
final class SizeCountingStore implements CheckpointStore {

    /** Length and checksum of a record. */
    private static final int HEADER_BYTES = 12;

    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void append(List<CheckpointEntry> entries, boolean durable) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(record)) {
            out.writeObject(new ArrayList<>(entries));
        }
        bytes.addAndGet(HEADER_BYTES + record.size());
    }

    long bytes() {
        return bytes.get();
    }
}
