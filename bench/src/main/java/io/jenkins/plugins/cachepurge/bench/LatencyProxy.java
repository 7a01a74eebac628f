package io.jenkins.plugins.cachepurge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** TCP connections to a port of this machine that take as long as over a network: half of the round trip each way. */
final class LatencyProxy implements AutoCloseable {

    private record Piece(byte[] bytes, long due) {}

    private final ServerSocket server;
    private final int target;
    private final long eachWay;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "latency proxy");
        thread.setDaemon(true);
        return thread;
    });

    private LatencyProxy(ServerSocket server, int target, Duration roundTrip) {
        this.server = server;
        this.target = target;
        this.eachWay = roundTrip.toNanos() / 2;
    }

    static LatencyProxy start(int target, Duration roundTrip) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        LatencyProxy proxy = new LatencyProxy(new ServerSocket(0, 50, loopback), target, roundTrip);
        proxy.threads.execute(proxy::serve);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket service = new Socket("127.0.0.1", target);
                client.setTcpNoDelay(true);
                service.setTcpNoDelay(true);
                pass(client, service);
                pass(service, client);
            } catch (IOException e) {
                // It is closed, or the service is.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Piece> queue = new LinkedBlockingQueue<>();
        threads.execute(() -> read(from, queue));
        threads.execute(() -> write(queue, to));
    }

    private void read(Socket from, BlockingQueue<Piece> queue) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                queue.add(new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + eachWay));
            }
        } catch (IOException e) {
            // The connection ends.
        }
        queue.add(new Piece(new byte[0], System.nanoTime() + eachWay));
    }

    private static void write(BlockingQueue<Piece> queue, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Piece piece = queue.take(); piece.bytes().length > 0; piece = queue.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                out.write(piece.bytes());
            }
        } catch (IOException e) {
            // The connection ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
