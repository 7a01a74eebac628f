package io.jenkins.plugins.cachepurge.client.agent;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;

/** Connection of an agent to a server, which one exchange after the other may use. */
final class AgentConnection implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private long deadline;
    private int readMillis;

    AgentConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(new LimitedStream(socket.getInputStream()), 1 << 14);
    }

    /**
     * Begins an exchange.
     *
     * @param deadline when it must be over, as {@link System#nanoTime}
     * @param readMillis how long the next byte may take
     */
    void begin(long deadline, int readMillis) {
        this.deadline = deadline;
        this.readMillis = readMillis;
    }

    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
    }

    InputStream in() {
        return in;
    }

    /** Whether the server has sent what nobody asked for, or it was closed. */
    boolean isUsable() {
        try {
            return !socket.isClosed() && in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Sets the timeout of each read, so that many slow ones do not exceed the deadline. */
    private final class LimitedStream extends InputStream {

        private final InputStream wire;

        LimitedStream(InputStream wire) {
            this.wire = wire;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            socket.setSoTimeout(millisLeft(deadline, readMillis));
            return wire.read(buffer, from, length);
        }

        @Override
        public int available() throws IOException {
            return wire.available();
        }
    }

    /**
     * How long the next wait may take.
     *
     * @throws InterruptedIOException if there is no time left, or the exchange was cancelled
     */
    static int millisLeft(long deadline, int atMost) throws InterruptedIOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0 || Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
        return (int) Math.min(left, atMost);
    }
}
