package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.remoting.ClassFilter;
import hudson.remoting.ObjectInputStreamEx;
import io.jenkins.plugins.cachepurge.engine.CheckpointEntry;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import jenkins.model.Jenkins;

/**
 * File in the build's directory with the checkpoint of one execution: saving the program instead would write all of its
 * branches each time. It is only appended to, by records that start with their length and checksum. It stays until the
 * build has ended, since Pipeline does not report when it has saved the end of the step. Used by one thread at a time.
 */
final class CheckpointFile implements CheckpointStore {

    private static final Logger LOGGER = Logger.getLogger(CheckpointFile.class.getName());
    private static final String PREFIX = "cache-purge-";
    private static final String SUFFIX = ".ser";
    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;

    /** Attempts while a job is being moved and its builds have no directory. */
    private static final int MAX_ATTEMPTS = 20;

    private static final long PAUSE_MILLIS = 50;

    private final Supplier<Path> buildDirectory;
    private final String name;

    /** End of the complete records; the rest was cut off by a crash. */
    private long end;

    private boolean directoryForced;

    /**
     * @param buildDirectory called for each access, since a job can be moved
     * @param id of the execution
     */
    CheckpointFile(Supplier<Path> buildDirectory, String id) {
        this.buildDirectory = buildDirectory;
        this.name = PREFIX + id + SUFFIX;
    }

    /** Another file of an execution, which is deleted with the checkpoints. */
    static Path inDirectory(Path buildDirectory, String id) {
        return buildDirectory.resolve(PREFIX + id + SUFFIX);
    }

    @Override
    public void append(List<CheckpointEntry> entries, boolean durable) throws IOException {
        ByteBuffer data = record(entries);
        for (int attempt = 1; ; attempt++) {
            try {
                append(buildDirectory.get(), data.duplicate(), durable);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void append(Path directory, ByteBuffer data, boolean durable) throws IOException {
        Path file = directory.resolve(name);
        try (FileChannel channel = open(file, end == 0)) {
            if (channel.size() < end) {
                throw new IOException("%s is shorter than what was written to it".formatted(file));
            }
            channel.truncate(end);
            channel.position(end);
            while (data.hasRemaining()) {
                channel.write(data);
            }
            if (durable) {
                channel.force(false);
            }
            end = channel.position();
        }
        if (durable && !directoryForced) {
            directoryForced = true;
            force(directory);
        }
    }

    private static FileChannel open(Path file, boolean create) throws IOException {
        return create
                ? FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                : FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** A new file is on the disk only if its directory is. Windows neither needs nor allows this. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot force " + directory);
        }
    }

    private static ByteBuffer record(List<CheckpointEntry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(entries));
        }
        byte[] content = bytes.toByteArray();
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .putInt(content.length)
                .putLong(checksum(content))
                .put(content)
                .flip();
    }

    private static long checksum(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }

    /**
     * Reads the records up to the first incomplete or damaged one, which the next append overwrites.
     *
     * @return empty if nothing was saved; then no request was sent that must not be repeated
     * @throws IOException if it cannot be read
     */
    List<CheckpointEntry> load() throws IOException {
        ByteBuffer file;
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(buildDirectory.get().resolve(name)));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<CheckpointEntry> entries = new ArrayList<>();
        end = 0;
        Optional<byte[]> content = next(file);
        while (content.isPresent()) {
            entries.addAll(read(content.get()));
            end = file.position();
            content = next(file);
        }
        return entries;
    }

    /** @return empty if no whole record follows */
    private static Optional<byte[]> next(ByteBuffer file) {
        if (file.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int length = file.getInt();
        long checksum = file.getLong();
        if (length <= 0 || length > file.remaining()) {
            return Optional.empty();
        }
        byte[] content = new byte[length];
        file.get(content);
        return checksum(content) == checksum ? Optional.of(content) : Optional.empty();
    }

    private static List<CheckpointEntry> read(byte[] content) throws IOException {
        ClassLoader plugins = Jenkins.get().getPluginManager().uberClassLoader;
        try (ObjectInputStream in =
                new ObjectInputStreamEx(new ByteArrayInputStream(content), plugins, ClassFilter.DEFAULT)) {
            List<CheckpointEntry> entries = new ArrayList<>();
            for (Object entry : (List<?>) in.readObject()) {
                entries.add((CheckpointEntry) entry);
            }
            return entries;
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException("The saved progress of this step cannot be read: " + e.getMessage(), e);
        }
    }

    /** Deletes the files of all executions of a build that has ended. */
    @Extension
    public static final class DeleteOnCompletion extends RunListener<Run<?, ?>> {

        @Override
        public void onFinalized(Run<?, ?> run) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(run.getRootDir().toPath(), PREFIX + "*" + SUFFIX)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot delete the checkpoints of " + run);
            }
        }
    }
}
