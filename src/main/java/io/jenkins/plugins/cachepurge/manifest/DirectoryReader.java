package io.jenkins.plugins.cachepurge.manifest;

import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Reads all files of a directory, several at a time, while it looks for more. Symbolic links are followed if they lead to
 * something in the directory, and counted otherwise.
 */
public final class DirectoryReader {

    private static final int MIN_THREADS = 2;
    private static final int MAX_THREADS = 8;
    private static final int FILES_PER_TASK = 64;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Duration CHECK = Duration.ofSeconds(2);

    private final Path root;
    private final Predicate<String> included;
    private final DigestCache cache;
    private final BooleanSupplier waitedFor;
    private final List<FoundFile> next = new ArrayList<>();
    private final List<Future<List<ManifestEntry>>> tasks = new ArrayList<>();
    /** Set when nobody waits for the workers any more. Loading a class over the network may lose their interrupt. */
    private volatile boolean ended;

    private long checkedAt = System.nanoTime();
    private int found;
    private int linksOutside;
    private String firstLinkOutside = "";

    /**
     * @param included whether a file belongs to the manifest; gets its path below the directory, with slashes
     * @param cache of digests that may be believed
     * @param waitedFor whether anybody still waits for the content; asked every few seconds, since an agent that loads a
     *     class loses the interrupt that should end its work
     */
    public DirectoryReader(Path root, Predicate<String> included, DigestCache cache, BooleanSupplier waitedFor) {
        this.root = root;
        this.included = included;
        this.cache = cache;
        this.waitedFor = waitedFor;
    }

    private record FoundFile(Path file, String path, BasicFileAttributes attributes) {}

    /**
     * Content of a directory.
     *
     * @param linksOutside number of symbolic links that lead out of it, whose files the manifest does not have
     * @param firstLinkOutside path of one of them; empty if there is none
     */
    public record Content(Manifest manifest, int linksOutside, String firstLinkOutside) {}

    /**
     * Reads it.
     *
     * @throws UnreadableDirectoryException if it does not exist, a name in it is not in UTF-8, or it has too many files
     * @throws IOException if something in it cannot be read
     * @throws InterruptedException if this thread was interrupted, or nobody waits any more
     */
    public Content read() throws IOException, InterruptedException {
        Instant began = Instant.now();
        int threads =
                Math.max(MIN_THREADS, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Path real = root.toRealPath();
            walk(root, "", real, new HashSet<>(Set.of(real)), workers);
            submit(workers);
            List<ManifestEntry> files = new ArrayList<>(found);
            for (Future<List<ManifestEntry>> task : tasks) {
                files.addAll(result(task));
            }
            cache.save(began);
            return new Content(Manifest.of(files), linksOutside, firstLinkOutside);
        } finally {
            ended = true;
            workers.shutdownNow();
        }
    }

    private <T> T result(Future<T> task) throws IOException, InterruptedException {
        try {
            return resultWhileWaitedFor(task);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IOException(e.getCause());
        }
    }

    private <T> T resultWhileWaitedFor(Future<T> task) throws ExecutionException, InterruptedException {
        while (true) {
            checkWaitedFor();
            try {
                return task.get(CHECK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillReading) {
                continue;
            }
        }
    }

    private void checkWaitedFor() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long now = System.nanoTime();
        if (now - checkedAt < CHECK.toNanos()) {
            return;
        }
        checkedAt = now;
        if (!waitedFor.getAsBoolean()) {
            throw new InterruptedException();
        }
    }

    /**
     * @param prefix path of the directory below the root, with a slash at its end unless it is empty
     * @param real the directory without symbolic links
     * @param open directories that are being walked, without symbolic links
     */
    private void walk(Path directory, String prefix, Path real, Set<Path> open, ExecutorService workers)
            throws IOException, InterruptedException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                checkWaitedFor();
                visit(child, prefix, real, open, workers);
            }
        }
    }

    private void visit(Path child, String prefix, Path real, Set<Path> open, ExecutorService workers)
            throws IOException, InterruptedException {
        BasicFileAttributes attributes =
                Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path target = real.resolve(child.getFileName());
        if (attributes.isSymbolicLink()) {
            try {
                target = child.toRealPath();
            } catch (NoSuchFileException e) {
                return;
            }
            if (!target.startsWith(root.toRealPath())) {
                leadsOutside(prefix + FileNameDecoder.of(child));
                return;
            }
            attributes = Files.readAttributes(target, BasicFileAttributes.class);
        }
        if (attributes.isDirectory() && open.add(target)) {
            walk(child, prefix + FileNameDecoder.of(child) + "/", target, open, workers);
            open.remove(target);
        } else if (attributes.isRegularFile()) {
            add(new FoundFile(child, prefix + FileNameDecoder.of(child), attributes), workers);
        }
    }

    private void leadsOutside(String link) {
        if (linksOutside == 0) {
            firstLinkOutside = link;
        }
        linksOutside++;
    }

    private void add(FoundFile file, ExecutorService workers) throws UnreadableDirectoryException {
        if (!included.test(file.path())) {
            return;
        }
        found++;
        if (found > Manifest.MAX_FILES) {
            throw new UnreadableDirectoryException(
                    "%s has more than %d files".formatted(PrintableText.quote(root.toString()), Manifest.MAX_FILES));
        }
        next.add(file);
        if (next.size() == FILES_PER_TASK) {
            submit(workers);
        }
    }

    private void submit(ExecutorService workers) {
        List<FoundFile> files = List.copyOf(next);
        next.clear();
        Callable<List<ManifestEntry>> task = () -> entries(files);
        tasks.add(workers.submit(task));
    }

    private List<ManifestEntry> entries(List<FoundFile> files) throws IOException, InterruptedException {
        List<ManifestEntry> entries = new ArrayList<>(files.size());
        MessageDigest algorithm = Sha256.algorithm();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (FoundFile file : files) {
            entries.add(entry(file, algorithm, buffer));
        }
        return entries;
    }

    private ManifestEntry entry(FoundFile file, MessageDigest algorithm, byte[] buffer)
            throws IOException, InterruptedException {
        FileStamp state = FileStamp.of(file.attributes());
        Sha256 known = cache.find(file.path(), state).orElse(null);
        if (known != null) {
            cache.put(file.path(), state, known);
            return new ManifestEntry(file.path(), state.size(), known);
        }
        long size = 0;
        try (InputStream in = Files.newInputStream(file.file())) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (ended) {
                    throw new InterruptedException();
                }
                algorithm.update(buffer, 0, length);
                size += length;
            }
        }
        Sha256 digest = Sha256.of(algorithm.digest());
        cache.put(file.path(), state, digest);
        return new ManifestEntry(file.path(), size, digest);
    }
}
