package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Job;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import io.jenkins.plugins.cachepurge.manifest.PathListFormat;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Baselines of a job, a file for each in the job's directory: they are renamed, moved and deleted with the job, stay when
 * builds are discarded, and are not copied with it.
 *
 * @param job read for each access where its directory is, since a job can be moved
 */
record BaselineStore(Job<?, ?> job) {

    private static final String DIRECTORY = "cache-purge";
    private static final String SUFFIX = ".baseline";
    private static final byte VERSION = 1;

    /** What a page shows of a baseline. */
    record Summary(String file, BaselineKey key, int build, Instant time, int files) {}

    private Path directory() {
        return job.getRootDir().toPath().resolve(DIRECTORY);
    }

    private Path file(BaselineKey key) {
        return directory().resolve(key.fileName() + SUFFIX);
    }

    /** @throws InvalidManifestException if the file is damaged */
    Optional<Baseline> load(BaselineKey key) throws IOException {
        try (DataInputStream in = open(file(key))) {
            Summary summary = summary(in, "");
            String id = in.readUTF();
            List<String> uncertain = PathListFormat.read(in);
            return Optional.of(new Baseline(
                    key, id, summary.build(), summary.time(), Manifest.read(in.readAllBytes()), uncertain));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (EOFException e) {
            throw new InvalidManifestException("it ends early");
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static Summary summary(DataInputStream in, String file) throws IOException {
        if (in.readByte() != VERSION) {
            throw new InvalidManifestException("its version is unknown");
        }
        BaselineKey key = BaselineKey.read(in);
        return new Summary(file, key, in.readInt(), Instant.ofEpochMilli(in.readLong()), in.readInt());
    }

    void save(Baseline baseline) throws IOException {
        if (isEmpty()) {
            Files.createDirectory(directory());
        }
        AtomicFile.write(file(baseline.key()), out -> {
            out.writeByte(VERSION);
            baseline.key().write(out);
            out.writeInt(baseline.build());
            out.writeLong(baseline.time().toEpochMilli());
            out.writeInt(baseline.manifest().count());
            out.writeUTF(baseline.id());
            PathListFormat.write(out, baseline.uncertain());
            baseline.manifest().writeTo(out);
        });
    }

    boolean isEmpty() {
        return !Files.isDirectory(directory());
    }

    /** Those that can be read, in no particular order. */
    List<Summary> list() throws IOException {
        List<Summary> all = new ArrayList<>();
        if (isEmpty()) {
            return all;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(), "*" + SUFFIX)) {
            for (Path file : files) {
                try (DataInputStream in = open(file)) {
                    all.add(summary(in, file.toFile().getName()));
                } catch (EOFException | InvalidManifestException | NoSuchFileException e) {
                    all.add(new Summary(file.toFile().getName(), new BaselineKey("", "", "", ""), 0, Instant.EPOCH, 0));
                }
            }
        }
        return all;
    }

    /** @param file as {@link #list} names it; any other is ignored */
    void delete(String file) throws IOException {
        for (Summary summary : list()) {
            if (summary.file().equals(file)) {
                Files.deleteIfExists(directory().resolve(file));
            }
        }
    }
}
