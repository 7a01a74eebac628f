package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.jenkins.plugins.cachepurge.operation.OperationResult;

/** A journal as a file would be: it keeps bytes, and gives back what it can read from them. */
public final class InMemoryCheckpointStore<R extends OperationResult> implements CheckpointStore<R> {

    private final List<byte[]> saveCount = new ArrayList<>();
    private boolean full;
    private Runnable afterEachSave = () -> {};

    /** From now on nothing more can be written. */
    public void failWrites() {
        full = true;
    }

    /** Called when a page was written. */
    public void afterEachSave(Runnable what) {
        afterEachSave = what;
    }

    public int saveCount() {
        return saveCount.size();
    }

    @Override
    public void save(Checkpoint<R> checkpoint) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        saveCount.add(written(checkpoint));
        assertEquals(checkpoint, last().orElseThrow());
        afterEachSave.run();
    }

    /** What was written last. */
    public Optional<Checkpoint<R>> last() {
        return saveCount.isEmpty() ? Optional.empty() : Optional.of(read(saveCount.get(saveCount.size() - 1)));
    }

    /** As Java writes it. */
    public static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static <R extends OperationResult> Checkpoint<R> read(byte[] page) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(page))) {
            return (Checkpoint<R>) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
