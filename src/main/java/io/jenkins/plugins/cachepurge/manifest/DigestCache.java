package io.jenkins.plugins.cachepurge.manifest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Digests of the files of a directory from the last time that it was read, with the state that each file had. For those
 * who trust that a file with the same size, time and inode has the same content.
 */
public final class DigestCache {

    private static final byte VERSION = 1;

    /** A file that is as new as the cache may be modified once more without another time. */
    private static final Duration TIME_PRECISION = Duration.ofSeconds(2);

    private final Path file;
    private final Map<String, CachedDigest> last;
    private final Map<String, CachedDigest> current = new ConcurrentHashMap<>();

    private record CachedDigest(FileStamp state, Sha256 digest) {}

    private DigestCache(Path file, Map<String, CachedDigest> last) {
        this.file = file;
        this.last = last;
    }

    /** A cache that believes nothing and keeps nothing. */
    public static DigestCache none() {
        return new DigestCache(null, Map.of());
    }

    /** @param file where it is kept; one that is missing or damaged counts as empty */
    public static DigestCache in(Path file) {
        Map<String, CachedDigest> last = new HashMap<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file))))) {
            if (in.readByte() == VERSION) {
                read(in, last);
            }
        } catch (IOException e) {
            last.clear();
        }
        return new DigestCache(file, last);
    }

    private static void read(DataInputStream in, Map<String, CachedDigest> into) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            FileStamp state = new FileStamp(in.readLong(), in.readLong(), in.readUTF());
            into.put(path, new CachedDigest(state, Sha256.read(in)));
        }
    }

    Optional<Sha256> find(String path, FileStamp state) {
        CachedDigest cached = last.get(path);
        return cached != null && cached.state().equals(state) ? Optional.of(cached.digest()) : Optional.empty();
    }

    void put(String path, FileStamp state, Sha256 digest) {
        if (file != null) {
            current.put(path, new CachedDigest(state, digest));
        }
    }

    /** @param readingBegan when the first file was read: what was modified later is not kept */
    void save(Instant readingBegan) throws IOException {
        if (file == null) {
            return;
        }
        long latest =
                TimeUnit.MILLISECONDS.toNanos(readingBegan.minus(TIME_PRECISION).toEpochMilli());
        current.values().removeIf(cached -> cached.state().modifiedNanos() > latest);
        Path directory = Objects.requireNonNull(file.getParent());
        Files.createDirectories(directory);
        Path whole = Files.createTempFile(directory, "digests", ".tmp");
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DeflaterOutputStream(Files.newOutputStream(whole))))) {
            out.writeByte(VERSION);
            out.writeInt(current.size());
            for (Map.Entry<String, CachedDigest> entry : current.entrySet()) {
                FileStamp state = entry.getValue().state();
                out.writeUTF(entry.getKey());
                out.writeLong(state.size());
                out.writeLong(state.modifiedNanos());
                out.writeUTF(state.key());
                entry.getValue().digest().write(out);
            }
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
