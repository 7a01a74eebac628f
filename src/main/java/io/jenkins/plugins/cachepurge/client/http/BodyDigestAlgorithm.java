package io.jenkins.plugins.cachepurge.client.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Algorithm of a digest; every Java has both. */
public enum BodyDigestAlgorithm {
    SHA_256("SHA-256"),
    /** For comparison with a CDN that reports no other. */
    MD5("MD5");

    private final String standardName;

    BodyDigestAlgorithm(String standardName) {
        this.standardName = standardName;
    }

    /** A new digest, of nothing yet. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
