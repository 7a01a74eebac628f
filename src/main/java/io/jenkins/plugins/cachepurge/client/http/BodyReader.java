package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Reader of a body as a stream: however long it is, no more of it than its start is in memory.
 *
 * @param use what is read of it
 */
record BodyReader(BodyReadOptions use) {

    private static final int CHUNK_BYTES = 1 << 14;

    /**
     * Content of a body, as far as it was read.
     *
     * @param text its start
     * @param truncated whether it is longer than the text
     * @param digests of all of it, in lower-case hexadecimal digits
     */
    record Content(String text, boolean truncated, Map<BodyDigestAlgorithm, String> digests) {}

    Content read(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        MediaType type = body.contentType();
        Charset charset = use.charset(type == null ? null : type.toString());
        return use.readsAll() ? readAll(source, charset) : readStart(source, charset);
    }

    private Content readStart(BufferedSource source, Charset charset) throws IOException {
        if (!use.text()) {
            return new Content("", false, Map.of());
        }
        boolean truncated = source.request(HttpLimits.MAX_BODY_BYTES + 1L);
        Buffer buffer = source.getBuffer();
        String text = buffer.readString(Math.min(buffer.size(), HttpLimits.MAX_BODY_BYTES), charset);
        return new Content(text, truncated, Map.of());
    }

    private Content readAll(BufferedSource source, Charset charset) throws IOException {
        Map<BodyDigestAlgorithm, MessageDigest> digests = new EnumMap<>(BodyDigestAlgorithm.class);
        use.digests().forEach(algorithm -> digests.put(algorithm, algorithm.newDigest()));
        Collection<MessageDigest> all = digests.values();
        Buffer start = new Buffer();
        boolean truncated = false;
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
            for (MessageDigest digest : all) {
                digest.update(chunk, 0, count);
            }
            int kept = use.text() ? (int) Math.min(count, HttpLimits.MAX_BODY_BYTES - start.size()) : 0;
            start.write(chunk, 0, kept);
            truncated |= kept < count;
        }
        Map<BodyDigestAlgorithm, String> hex = new EnumMap<>(BodyDigestAlgorithm.class);
        digests.forEach((algorithm, digest) -> hex.put(algorithm, HexFormat.of().formatHex(digest.digest())));
        return new Content(start.readString(charset), truncated, hex);
    }
}
