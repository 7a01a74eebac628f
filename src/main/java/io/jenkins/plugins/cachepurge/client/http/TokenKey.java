package io.jenkins.plugins.cachepurge.client.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity of an access token: who may use it, and for what. A digest, from which no secret can be read.
 *
 * @param digest of all parts
 */
public record TokenKey(String digest) {

    /**
     * @param parts all that distinguishes the token from others: the URL of the token endpoint, each secret as it is looked up
     *     (so that a replaced one is used at once), role, scope, audience; of an id token {@link IdToken#identity()}
     */
    public static TokenKey of(String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        return new TokenKey(HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
