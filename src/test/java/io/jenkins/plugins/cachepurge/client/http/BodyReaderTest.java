package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;

/** Bodies that are read as streams. */
class BodyReaderTest {

    private static final String ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String ABC_MD5 = "900150983cd24fb0d6963f7d28e17f72";

    private static ResponseBody body(String type, byte[] content) {
        return ResponseBody.create(content, type == null ? null : MediaType.get(type));
    }

    private static BodyReader.Content read(BodyReadOptions use, ResponseBody body) throws IOException {
        return new BodyReader(use).read(body);
    }

    @Test
    void digestsOfTheWholeBody() throws IOException {
        BodyReadOptions use =
                BodyReadOptions.ofPage(true, Set.of(BodyDigestAlgorithm.SHA_256, BodyDigestAlgorithm.MD5));
        BodyReader.Content content = read(use, body(null, "abc".getBytes(StandardCharsets.UTF_8)));
        assertEquals("abc", content.text());
        assertFalse(content.truncated());
        assertEquals(
                Map.of(BodyDigestAlgorithm.SHA_256, ABC_SHA256, BodyDigestAlgorithm.MD5, ABC_MD5), content.digests());
    }

    /** Whatever its length, nothing but its start is kept. */
    @Test
    void ofALongBodyOnlyTheStartIsKept() throws IOException {
        long length = 200L << 20;
        ResponseBody endless = ResponseBody.create(Okio.buffer(new Zeros(length)), null, length);
        BodyReader.Content content = read(BodyReadOptions.ofPage(true, Set.of(BodyDigestAlgorithm.MD5)), endless);
        assertEquals(HttpLimits.MAX_BODY_BYTES, content.text().length());
        assertTrue(content.truncated());
        assertEquals(Set.of(BodyDigestAlgorithm.MD5), content.digests().keySet());
    }

    @Test
    void withoutDigestsNoMoreThanTheStartIsRead() throws IOException {
        Zeros zeros = new Zeros(1L << 40);
        ResponseBody endless = ResponseBody.create(Okio.buffer(zeros), null, -1);
        assertTrue(read(BodyReadOptions.ofPage(true, Set.of()), endless).truncated());
        assertTrue((1L << 40) - zeros.left < 2L * HttpLimits.MAX_BODY_BYTES);
    }

    @Test
    void nothingIsReadIfNothingIsNeeded() throws IOException {
        Zeros zeros = new Zeros(1000);
        BodyReader.Content content =
                read(BodyReadOptions.ofPage(false, Set.of()), ResponseBody.create(Okio.buffer(zeros), null, 1000));
        assertEquals("", content.text());
        assertEquals(1000, zeros.left);
    }

    @Test
    void pagesAreReadInTheirCharset() throws IOException {
        byte[] latin = "größe".getBytes(StandardCharsets.ISO_8859_1);
        BodyReadOptions page = BodyReadOptions.ofPage(true, Set.of());
        assertEquals(
                "größe",
                read(page, body("text/html; charset=ISO-8859-1", latin)).text());
        byte[] utf8 = "größe".getBytes(StandardCharsets.UTF_8);
        assertEquals("größe", read(page, body("text/html", utf8)).text());
        assertEquals(
                "größe", read(page, body("text/html; charset=unknown", utf8)).text());
        assertEquals(
                "größe",
                read(BodyReadOptions.TEXT, body("application/json; charset=ISO-8859-1", utf8))
                        .text());
    }

    /** A source of zeros. */
    private static final class Zeros implements Source {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public long read(Buffer sink, long byteCount) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(left, byteCount), 8192);
            sink.write(new byte[count]);
            left -= count;
            return count;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
