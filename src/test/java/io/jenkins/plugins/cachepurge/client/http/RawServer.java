package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;

/** A server that keeps no rules: it reads a request's head and answers any bytes, as fast or slowly as it likes. */
public final class RawServer implements AutoCloseable {

    /** What is answered; the connection ends with it, by a reset where that is asked for. */
    @FunctionalInterface
    public interface Script {
        void answer(Socket socket, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    public RawServer(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    public static Script text(String... parts) {
        return (socket, out) -> {
            for (String part : parts) {
                out.write(part.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        };
    }

    /** The same, but the connection is reset then, not closed. */
    public static Script reset(String text) {
        return (socket, out) -> {
            text(text).answer(socket, out);
            socket.setSoLinger(true, 0);
        };
    }

    public HttpUrl url() {
        return HttpUrl.get("http://127.0.0.1:%d/".formatted(server.getLocalPort()));
    }

    public int requests() {
        return requests.get();
    }

    /** How many bytes could be written before the client hung up; waits until it has. */
    public long writtenUntilTheClientHungUp() throws InterruptedException {
        over.await();
        return written.get();
    }

    /** Waits until the test is over. */
    public void stall() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (readHead(socket.getInputStream())) {
                    requests.incrementAndGet();
                    script.answer(socket, new Counting(socket.getOutputStream()));
                }
            } catch (IOException e) {
                // The client hung up, or the test is over.
            }
            over.countDown();
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    private final class Counting extends OutputStream {
        private final OutputStream out;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written.addAndGet(length);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
