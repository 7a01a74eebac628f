package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps checkpoints as a file would: as bytes, which are read again after a crash. */
public final class InMemoryCheckpointStore implements CheckpointStore {

    private final List<byte[]> saves = new ArrayList<>();
    private boolean full;
    private int failingWrite = -1;
    private int writes;
    private Runnable afterEachSave = () -> {};

    /** From now on nothing more can be written. */
    public void failWrites() {
        full = true;
    }

    /** One write fails, 0 for the first. */
    public void failWriteAt(int write) {
        failingWrite = write;
    }

    /** Runs an action after each save. */
    public void afterEachSave(Runnable action) {
        afterEachSave = action;
    }

    /** How often something was saved. */
    public int saveCount() {
        return saves.size();
    }

    /** How much was written in all. */
    public int savedBytes() {
        return saves.stream().mapToInt(bytes -> bytes.length).sum();
    }

    @Override
    public void append(List<CheckpointEntry> entries, boolean durable) throws IOException {
        if (full || writes++ == failingWrite) {
            throw new IOException("No space left on device");
        }
        byte[] bytes = serialized(new ArrayList<>(entries));
        assertEquals(entries.toString(), read(bytes).toString(), "what was saved can be read again");
        saves.add(bytes);
        afterEachSave.run();
    }

    /** All that was saved, in order. */
    public List<CheckpointEntry> load() {
        return saves.stream().flatMap(bytes -> read(bytes).stream()).toList();
    }

    /** An object as Java serializes it. */
    public static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static List<CheckpointEntry> read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (List<CheckpointEntry>) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
