package io.jenkins.plugins.cachepurge.changes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/** Manifests that no honest agent sends. */
final class ForgedManifests {

    private ForgedManifests() {}

    /** Of one file with a path of up to 127 characters. */
    static byte[] of(String path) {
        try {
            ByteArrayOutputStream paths = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(paths)) {
                out.write(new byte[] {0, (byte) path.length()});
                out.write(path.getBytes(StandardCharsets.US_ASCII));
            }
            ByteArrayOutputStream sizes = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(sizes)) {
                out.write(0);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(all);
            out.writeByte(1);
            out.writeInt(1);
            out.writeInt(paths.size());
            out.writeInt(sizes.size());
            paths.writeTo(out);
            sizes.writeTo(out);
            out.write(new byte[32]);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
