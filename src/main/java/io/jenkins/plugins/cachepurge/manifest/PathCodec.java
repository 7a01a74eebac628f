package io.jenkins.plugins.cachepurge.manifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compact form of sorted paths: each is the number of bytes that it shares with the one before, and its other bytes. */
final class PathCodec {

    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;

    /** Seven bits in each byte. */
    private static final int MAX_SHIFT = 63;

    private PathCodec() {}

    /** Writes paths in their order. */
    static final class Writer {

        private final DataOutputStream out;
        private byte[] last = {};

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(String path) throws IOException {
            byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
            int shared = Math.max(0, Arrays.mismatch(last, bytes));
            writeNumber(out, shared);
            writeNumber(out, bytes.length - shared);
            out.write(bytes, shared, bytes.length - shared);
            last = bytes;
        }
    }

    /** Reads them, and accepts nothing but paths in strict order. */
    static final class Reader {

        private final DataInputStream in;
        private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        private byte[] last = {};
        private String lastPath;

        Reader(DataInputStream in) {
            this.in = in;
        }

        String read() throws IOException {
            long shared = readNumber(in);
            long more = readNumber(in);
            if (shared > last.length
                    || more > ManifestPathRules.MAX_BYTES
                    || shared + more > ManifestPathRules.MAX_BYTES) {
                throw new InvalidManifestException(
                        "a path is longer than %d bytes".formatted(ManifestPathRules.MAX_BYTES));
            }
            byte[] bytes = Arrays.copyOf(last, (int) (shared + more));
            readFully(in, bytes, (int) shared);
            String path = decode(bytes);
            ManifestPathRules.check(path);
            if (lastPath != null && lastPath.compareTo(path) >= 0) {
                throw new InvalidManifestException("its paths are not in order");
            }
            last = bytes;
            lastPath = path;
            return path;
        }

        private String decode(byte[] bytes) throws InvalidManifestException {
            try {
                return utf8.decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                throw new InvalidManifestException("a path is not in UTF-8");
            }
        }
    }

    private static void readFully(DataInputStream in, byte[] bytes, int from) throws IOException {
        try {
            in.readFully(bytes, from, bytes.length - from);
        } catch (EOFException e) {
            throw endsEarly();
        }
    }

    static InvalidManifestException endsEarly() {
        return new InvalidManifestException("it ends early");
    }

    /** @param number 0 or more */
    static void writeNumber(DataOutputStream out, long number) throws IOException {
        long rest = number;
        while (rest > LOW_BITS) {
            out.writeByte((int) (rest & LOW_BITS) | MORE);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** @return 0 or more */
    static long readNumber(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < MAX_SHIFT; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw endsEarly();
            }
            number |= (long) (next & LOW_BITS) << shift;
            if ((next & MORE) == 0) {
                return number;
            }
        }
        throw new InvalidManifestException("a number is too large");
    }
}
