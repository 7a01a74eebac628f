package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal as a file would be: it keeps bytes, and gives back what it can read from them. */
public final class Notebook<R extends OperationResult> implements Journal<R> {

    private final List<byte[]> pages = new ArrayList<>();
    private boolean full;
    private Runnable afterEachPage = () -> {};

    /** From now on nothing more can be written. */
    public void fillUp() {
        full = true;
    }

    /** Called when a page was written. */
    public void afterEachPage(Runnable what) {
        afterEachPage = what;
    }

    public int pages() {
        return pages.size();
    }

    @Override
    public void save(Checkpoint<R> checkpoint) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        pages.add(written(checkpoint));
        assertEquals(checkpoint, last().orElseThrow());
        afterEachPage.run();
    }

    /** What was written last. */
    public Optional<Checkpoint<R>> last() {
        return pages.isEmpty() ? Optional.empty() : Optional.of(read(pages.get(pages.size() - 1)));
    }

    /** As Java writes it. */
    static byte[] written(Object object) throws IOException {
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
