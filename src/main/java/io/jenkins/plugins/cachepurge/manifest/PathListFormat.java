package io.jenkins.plugins.cachepurge.manifest;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Compact form of a list of paths in their order: their number, the length of the deflated block, and the block. */
public final class PathListFormat {

    private PathListFormat() {}

    /** @param paths in any order */
    public static void write(DataOutputStream out, Collection<String> paths) throws IOException {
        TreeSet<String> sorted = new TreeSet<>(paths);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (DataOutputStream deflated = new DataOutputStream(new DeflaterOutputStream(block))) {
            PathCodec.Writer writer = new PathCodec.Writer(deflated);
            for (String path : sorted) {
                writer.write(path);
            }
        }
        out.writeInt(sorted.size());
        out.writeInt(block.size());
        block.writeTo(out);
    }

    /** @throws InvalidManifestException if it is damaged */
    public static List<String> read(DataInputStream in) throws IOException {
        int count = in.readInt();
        int length = in.readInt();
        if (count < 0 || count > 2 * Manifest.MAX_FILES || length < 0 || length > Manifest.MAX_BYTES) {
            throw new InvalidManifestException("its length is wrong");
        }
        byte[] block = in.readNBytes(length);
        List<String> paths = new ArrayList<>();
        try (DataInputStream inflated = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(block))))) {
            PathCodec.Reader reader = new PathCodec.Reader(inflated);
            for (int i = 0; i < count; i++) {
                paths.add(reader.read());
            }
        } catch (EOFException e) {
            throw PathCodec.endsEarly();
        }
        return paths;
    }
}
