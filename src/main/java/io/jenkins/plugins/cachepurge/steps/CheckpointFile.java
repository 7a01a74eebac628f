package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.remoting.ClassFilter;
import hudson.remoting.ObjectInputStreamEx;
import io.jenkins.plugins.cachepurge.engine.Checkpoint;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * How far one execution's operation got, in a file of its own in the build's directory: saving the program instead would
 * write all branches of it each time. It holds one state after the other, the last of which counts. It stays until the
 * build has ended, because nobody knows before when Pipeline has written down that the step is over.
 */
final class CheckpointFile<R extends OperationResult> implements CheckpointStore<R> {

    private static final Logger LOGGER = Logger.getLogger(CheckpointFile.class.getName());
    private static final String PREFIX = "cache-purge-";
    private static final String SUFFIX = ".ser";

    private static final int MAX_BYTES = 1 << 16;

    private final Path file;
    private final Serializable unchanging;
    /** Since this began to write: after a restart the end of the file may be half a state. */
    private int written;

    /**
     * @param id of the execution
     * @param begun the operation as it begins, which the program keeps
     */
    CheckpointFile(Path buildDirectory, String id, Operation<R> begun) {
        file = buildDirectory.resolve(PREFIX + id + SUFFIX);
        unchanging = begun.unchanging().orElse(null);
    }

    /**
     * Stands for what the operation that the program keeps holds, too.
     *
     * @param hash of that
     */
    private record SpecReference(int hash) implements Serializable {}

    /** A new file costs far more than some more bytes in one that is there. */
    @Override
    public void save(Checkpoint<R> checkpoint) throws IOException {
        byte[] state = bytes(checkpoint);
        if (written > 0 && written + state.length <= MAX_BYTES) {
            Files.write(file, state, StandardOpenOption.APPEND);
            written += state.length;
        } else {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, state);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = state.length;
        }
    }

    private byte[] bytes(Checkpoint<R> checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new Writer(bytes)) {
            out.writeObject(checkpoint);
        }
        return bytes.toByteArray();
    }

    /** @return empty where nothing was saved, so that nothing was sent that must not be repeated */
    Optional<Checkpoint<R>> load() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return Optional.of(last(in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            throw new IOException("The saved state of this step cannot be read: " + e.getMessage(), e);
        }
    }

    /** A crash may have cut off the last state while it was written: then the one before counts. */
    private Checkpoint<R> last(InputStream in) throws IOException, ClassNotFoundException {
        ClassLoader plugins = Jenkins.get().getPluginManager().uberClassLoader;
        Checkpoint<R> last = read(in, plugins);
        while (true) {
            try {
                last = read(in, plugins);
            } catch (EOFException | StreamCorruptedException e) {
                return last;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Checkpoint<R> read(InputStream in, ClassLoader plugins) throws IOException, ClassNotFoundException {
        return (Checkpoint<R>) new Reader(in, plugins).readObject();
    }

    private final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            return object == unchanging ? new SpecReference(object.hashCode()) : object;
        }
    }

    private final class Reader extends ObjectInputStreamEx {
        Reader(InputStream in, ClassLoader plugins) throws IOException {
            super(in, plugins, ClassFilter.DEFAULT);
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object object) throws IOException {
            if (!(object instanceof SpecReference unchanged)) {
                return object;
            }
            if (unchanging == null || unchanging.hashCode() != unchanged.hash()) {
                throw new IOException("The saved state of this step belongs to other parameters");
            }
            return unchanging;
        }
    }

    /** Removes the files of all executions of a build that has ended. */
    @Extension
    public static final class DeleteOnCompletion extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(run.getRootDir().toPath(), PREFIX + "*")) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Cannot remove what is left of the operations of " + run, e);
            }
        }
    }
}
