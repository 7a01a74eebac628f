package io.jenkins.plugins.cachepurge.client.agent;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Body of a response: as long as its headers say, in chunks, or up to the end of the connection. */
abstract sealed class ResponseBody {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /** @throws BrokenResponseException if its length is not clear */
    static ResponseBody of(ResponseHead head, String method, InputStream in) throws BrokenResponseException {
        List<String> codings = head.tokens("Transfer-Encoding");
        Set<String> lengths = new HashSet<>(head.tokens("Content-Length"));
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new OfLength(in, 0);
        }
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty() || !codings.equals(List.of("chunked"))) {
                throw new BrokenResponseException("the length of its body is not clear");
            }
            return new InChunks(in);
        }
        if (lengths.isEmpty()) {
            return new UntilEnd(in);
        }
        String length = lengths.iterator().next();
        if (lengths.size() > 1 || !DIGITS.matcher(length).matches()) {
            throw new BrokenResponseException("the length of its body is not clear");
        }
        return new OfLength(in, Long.parseLong(length));
    }

    /** @return how many bytes were read; -1 at the end */
    abstract int read(byte[] buffer) throws IOException;

    /** Whether the connection can be used again once the body was read to its end. */
    boolean leavesConnection() {
        return true;
    }

    private static int readSome(InputStream in, byte[] buffer, long atMost) throws IOException {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, atMost));
        if (count < 0) {
            throw new EOFException();
        }
        return count;
    }

    private static final class OfLength extends ResponseBody {

        private final InputStream in;
        private long left;

        OfLength(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        int read(byte[] buffer) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = readSome(in, buffer, left);
            left -= count;
            return count;
        }
    }

    private static final class InChunks extends ResponseBody {

        private static final int MAX_LINE_BYTES = 8192;
        private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?");

        private final InputStream in;
        private long left;
        private boolean first = true;
        private boolean over;

        InChunks(InputStream in) {
            this.in = in;
        }

        @Override
        int read(byte[] buffer) throws IOException {
            if (left == 0 && !over) {
                beginChunk();
            }
            if (over) {
                return -1;
            }
            int count = readSome(in, buffer, left);
            left -= count;
            return count;
        }

        private void beginChunk() throws IOException {
            LineReader lines = new LineReader(in, MAX_LINE_BYTES);
            if (!first && !lines.next().isEmpty()) {
                throw new BrokenResponseException("a chunk longer than its size");
            }
            first = false;
            var size = SIZE.matcher(lines.next());
            if (!size.matches()) {
                throw new BrokenResponseException("a chunk without a size");
            }
            left = Long.parseLong(size.group(1), 16);
            if (left == 0) {
                ResponseHead.readFields(lines);
                over = true;
            }
        }
    }

    private static final class UntilEnd extends ResponseBody {

        private final InputStream in;

        UntilEnd(InputStream in) {
            this.in = in;
        }

        @Override
        int read(byte[] buffer) throws IOException {
            return in.read(buffer);
        }

        @Override
        boolean leavesConnection() {
            return false;
        }
    }
}
