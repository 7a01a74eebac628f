package io.jenkins.plugins.cachepurge.client.agent;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines that end with a line feed, up to a number of bytes in all. */
final class LineReader {

    private final InputStream in;
    private int left;

    /** @param limit maximum number of bytes of all lines */
    LineReader(InputStream in, int limit) {
        this.in = in;
        this.left = limit;
    }

    /** The next line, without its end. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        String content = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (content.chars().anyMatch(c -> c == '\r' || c == 0)) {
            throw new BrokenResponseException("a control character in a line");
        }
        return content;
    }

    private int read() throws IOException {
        if (--left < 0) {
            throw new BrokenResponseException("its headers are too long");
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
