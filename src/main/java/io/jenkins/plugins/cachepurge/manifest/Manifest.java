package io.jenkins.plugins.cachepurge.manifest;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Files of a directory in the order of their paths. Kept in its compact form, in which it is sent and stored too: some
 * 40 bytes for each file, of which 32 are the digest.
 *
 * <p>The form is a version, the number of files, the lengths of two deflated blocks, the blocks with paths and sizes, and
 * the digests.
 */
public final class Manifest implements Iterable<ManifestEntry> {

    /** Maximum number of files. */
    public static final int MAX_FILES = 1_000_000;

    /** Maximum length of the compact form in bytes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Maximum length of all paths in characters, so that a few bytes that expand to many do not fill the memory. */
    private static final long MAX_PATH_LENGTH = 128L * 1024 * 1024;

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 3 * Integer.BYTES;

    private final byte[] bytes;
    private final int count;
    private final int pathBytes;
    private final int sizeBytes;

    private Manifest(byte[] bytes, int count, int pathBytes, int sizeBytes) {
        this.bytes = bytes;
        this.count = count;
        this.pathBytes = pathBytes;
        this.sizeBytes = sizeBytes;
    }

    /** A manifest without files. */
    public static Manifest empty() {
        return of(List.of());
    }

    /**
     * @param files in any order, each path once
     * @throws IllegalArgumentException for more than {@link #MAX_FILES}
     */
    public static Manifest of(Collection<ManifestEntry> files) {
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException("more than %d files".formatted(MAX_FILES));
        }
        List<ManifestEntry> sorted = files.stream().sorted().toList();
        try {
            ByteArrayOutputStream paths = new ByteArrayOutputStream();
            ByteArrayOutputStream sizes = new ByteArrayOutputStream();
            try (DataOutputStream out = deflated(paths)) {
                PathCodec.Writer writer = new PathCodec.Writer(out);
                for (ManifestEntry file : sorted) {
                    writer.write(file.path());
                }
            }
            try (DataOutputStream out = deflated(sizes)) {
                for (ManifestEntry file : sorted) {
                    PathCodec.writeNumber(out, file.size());
                }
            }
            return new Manifest(concatenated(sorted, paths, sizes), sorted.size(), paths.size(), sizes.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataOutputStream deflated(ByteArrayOutputStream out) {
        return new DataOutputStream(new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION), 1 << 13) {
            @Override
            public void close() throws IOException {
                super.close();
                def.end();
            }
        });
    }

    private static byte[] concatenated(
            List<ManifestEntry> files, ByteArrayOutputStream paths, ByteArrayOutputStream sizes) throws IOException {
        ByteArrayOutputStream all =
                new ByteArrayOutputStream(HEADER_BYTES + paths.size() + sizes.size() + files.size() * Sha256.BYTES);
        DataOutputStream out = new DataOutputStream(all);
        out.writeByte(VERSION);
        out.writeInt(files.size());
        out.writeInt(paths.size());
        out.writeInt(sizes.size());
        paths.writeTo(out);
        sizes.writeTo(out);
        for (ManifestEntry file : files) {
            file.digest().write(out);
        }
        return all.toByteArray();
    }

    /**
     * Reads the compact form, from whoever sent it.
     *
     * @param bytes not changed afterwards by the caller
     * @throws InvalidManifestException if it has too many files, another length than it says, a path that is too long, not
     *     in UTF-8, not below the directory or not in order, or anything else that {@link #of} does not write
     */
    public static Manifest read(byte[] bytes) throws InvalidManifestException {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidManifestException("it is longer than %d bytes".formatted(MAX_BYTES));
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new InvalidManifestException("its version is unknown");
            }
            Manifest read = new Manifest(bytes, in.readInt(), in.readInt(), in.readInt());
            read.check();
            return read;
        } catch (EOFException e) {
            throw PathCodec.endsEarly();
        } catch (InvalidManifestException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidManifestException("it cannot be read");
        }
    }

    private void check() throws IOException {
        if (count < 0 || count > MAX_FILES) {
            throw new InvalidManifestException("it has more than %d files".formatted(MAX_FILES));
        }
        long expected = (long) HEADER_BYTES + pathBytes + sizeBytes + (long) count * Sha256.BYTES;
        if (pathBytes < 0 || sizeBytes < 0 || expected != bytes.length) {
            throw new InvalidManifestException("its length is wrong");
        }
        try (Cursor cursor = new Cursor()) {
            long pathLength = 0;
            for (int i = 0; i < count; i++) {
                pathLength += cursor.read().path().length();
                if (pathLength > MAX_PATH_LENGTH) {
                    throw new InvalidManifestException("its paths are too long");
                }
            }
            cursor.checkEnd();
        }
    }

    /** Its compact form. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Writes its compact form. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** Length of its compact form in bytes. */
    public int length() {
        return bytes.length;
    }

    /** Number of files. */
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Reads one file after the other. */
    private final class Cursor implements AutoCloseable {

        private final Inflater pathInflater = new Inflater();
        private final Inflater sizeInflater = new Inflater();
        private final DataInputStream paths = inflated(HEADER_BYTES, pathBytes, pathInflater);
        private final DataInputStream sizes = inflated(HEADER_BYTES + pathBytes, sizeBytes, sizeInflater);
        private final DataInputStream digests = new DataInputStream(
                new ByteArrayInputStream(bytes, HEADER_BYTES + pathBytes + sizeBytes, count * Sha256.BYTES));
        private final PathCodec.Reader reader = new PathCodec.Reader(paths);

        private DataInputStream inflated(int offset, int length, Inflater inflater) {
            InputStream block = new ByteArrayInputStream(bytes, offset, length);
            return new DataInputStream(new BufferedInputStream(new InflaterInputStream(block, inflater)));
        }

        ManifestEntry read() throws IOException {
            try {
                return new ManifestEntry(reader.read(), PathCodec.readNumber(sizes), Sha256.read(digests));
            } catch (ZipException e) {
                throw new InvalidManifestException("it is not compressed correctly");
            } catch (EOFException e) {
                throw PathCodec.endsEarly();
            }
        }

        void checkEnd() throws IOException {
            try {
                if (paths.read() >= 0 || sizes.read() >= 0) {
                    throw new InvalidManifestException("it has more files than it says");
                }
            } catch (ZipException e) {
                throw new InvalidManifestException("it is not compressed correctly");
            } catch (EOFException e) {
                throw PathCodec.endsEarly();
            }
            if (pathInflater.getBytesRead() != pathBytes || sizeInflater.getBytesRead() != sizeBytes) {
                throw new InvalidManifestException("its length is wrong");
            }
        }

        @Override
        public void close() {
            pathInflater.end();
            sizeInflater.end();
        }
    }

    @Override
    public Iterator<ManifestEntry> iterator() {
        Cursor cursor = new Cursor();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == count) {
                    cursor.close();
                }
                return next < count;
            }

            @Override
            public ManifestEntry next() {
                if (next == count) {
                    throw new NoSuchElementException();
                }
                next++;
                try {
                    return cursor.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
