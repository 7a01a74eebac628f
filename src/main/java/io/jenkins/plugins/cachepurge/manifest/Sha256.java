package io.jenkins.plugins.cachepurge.manifest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file, as four numbers: without an array it is immutable, and compared by value. */
public record Sha256(long first, long second, long third, long fourth) implements Serializable {

    /** Length in bytes. */
    static final int BYTES = 32;

    /** @param digest 32 bytes */
    public static Sha256 of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new Sha256(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Algorithm that computes it; every Java has it. */
    public static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Sha256 read(DataInput in) throws IOException {
        return new Sha256(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(second);
        out.writeLong(third);
        out.writeLong(fourth);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
