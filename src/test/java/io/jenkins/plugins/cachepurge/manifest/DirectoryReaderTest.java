package io.jenkins.plugins.cachepurge.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a directory becomes its manifest. */
class DirectoryReaderTest {

    @TempDir
    private Path temp;

    private static DirectoryReader.Content read(Path root) throws Exception {
        return new DirectoryReader(root, path -> true, DigestCache.none(), () -> true).read();
    }

    private static Map<String, Sha256> digests(Manifest manifest) {
        Map<String, Sha256> digests = new TreeMap<>();
        manifest.forEach(file -> digests.put(file.path(), file.digest()));
        return digests;
    }

    private static List<String> paths(Manifest manifest) {
        return new ArrayList<>(digests(manifest).keySet());
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void eachFileWithItsSizeAndDigest() throws Exception {
        for (int i = 0; i < 300; i++) {
            write(temp.resolve("d" + i % 7 + "/" + i + ".html"), "page " + i);
        }
        write(temp.resolve("empty"), "");
        write(temp.resolve("large"), "x".repeat(1_000_000));
        Files.createDirectories(temp.resolve("no files/here"));
        Manifest manifest = read(temp).manifest();
        assertEquals(302, manifest.count());
        manifest.forEach(file -> {
            String content = file.path().equals("empty")
                    ? ""
                    : file.path().equals("large")
                            ? "x".repeat(1_000_000)
                            : "page " + file.path().replaceAll(".*/|\\.html", "");
            assertEquals(ManifestTest.file(file.path(), content), file);
        });
    }

    @Test
    void onlyWhatIsIncluded() throws Exception {
        write(temp.resolve("a/b.html"), "");
        write(temp.resolve("a/b.map"), "");
        DirectoryReader reader =
                new DirectoryReader(temp, path -> path.endsWith(".html"), DigestCache.none(), () -> true);
        assertEquals(List.of("a/b.html"), paths(reader.read().manifest()));
    }

    @Test
    void linksAreFollowedOnlyWithinTheDirectory() throws Exception {
        Path root = temp.resolve("dist");
        write(root.resolve("a/page.html"), "page");
        write(temp.resolve("secret/key"), "key");
        Files.createSymbolicLink(root.resolve("page.html"), Path.of("a/page.html"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(root.resolve("a/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("a/self"), Path.of("."));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("key"), temp.resolve("secret/key"));
        Files.createSymbolicLink(root.resolve("secrets"), Path.of("../secret"));
        DirectoryReader.Content content = read(root);
        assertEquals(List.of("a/page.html", "b/page.html", "page.html"), paths(content.manifest()));
        assertEquals(2, content.linksOutside());
        assertTrue(List.of("key", "secrets").contains(content.firstLinkOutside()), content::firstLinkOutside);
        Path link = Files.createSymbolicLink(temp.resolve("link"), root);
        assertEquals(3, read(link).manifest().count(), "the directory itself may be a link");
    }

    /** As many an old site has. Java has no text for such a name, so that it is made of the bytes of a URI. */
    @Test
    void aNameThatIsNotInUtf8IsNamedAndRefused() throws Exception {
        assumeTrue(File.separatorChar == '/');
        Path latin1 = Path.of(URI.create(temp.toUri() + "caf%E9.html"));
        try {
            Files.writeString(latin1, "1");
        } catch (IOException e) {
            assumeTrue(false, "the file system takes UTF-8 only");
        }
        String message = assertThrows(UnreadableDirectoryException.class, () -> read(temp))
                .getMessage();
        assertTrue(message.startsWith("the name of 'caf"), message);
        assertTrue(message.endsWith(" is not in UTF-8; rename or exclude it"), message);
    }

    @Test
    void namesInUtf8AreReadFromTheirBytes() throws Exception {
        assumeTrue(File.separatorChar == '/');
        Path folder = Path.of(URI.create(temp.toUri() + "%C3%BC%25/"));
        Files.createDirectories(folder);
        Files.writeString(Path.of(URI.create(temp.toUri() + "%C3%BC%25/%F0%9F%98%80%20a.html")), "1");
        assertEquals(List.of("ü%/😀 a.html"), paths(read(temp).manifest()));
    }

    /** The agent's separators are not those of a page. */
    @Test
    void aFileSystemWithBackslashes() throws Exception {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\work\\dist");
            write(root.resolve("blog\\2026\\grüße.html"), "1");
            write(root.resolve("index.html"), "2");
            assertEquals(
                    List.of("blog/2026/grüße.html", "index.html"),
                    paths(read(root).manifest()));
        }
    }

    @Test
    void aDirectoryThatIsMissingIsAnError() {
        assertThrows(NoSuchFileException.class, () -> read(temp.resolve("nowhere")));
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        write(temp.resolve("a"), "");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> read(temp));
    }

    /** 3 TB take longer to read than anybody waits, and no thread is interrupted here. */
    @Test
    void endsWhenNobodyWaitsAnyMore() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(temp.resolve("large").toFile(), "rw")) {
            file.setLength(3L << 40);
        }
        AtomicInteger asked = new AtomicInteger();
        DirectoryReader reader =
                new DirectoryReader(temp, path -> true, DigestCache.none(), () -> asked.incrementAndGet() < 2);
        assertThrows(InterruptedException.class, reader::read);
        assertEquals(2, asked.get());
    }

    /** Only for those who say that they trust times. */
    @Test
    void aCacheBelievesWhatHasTheSameSizeTimeAndInode() throws Exception {
        Path root = temp.resolve("dist");
        Path cacheFile = temp.resolve("cache/digests");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Path page = write(root.resolve("a.html"), "one");
        Files.setLastModifiedTime(page, old);
        Path fresh = write(root.resolve("fresh.html"), "one");
        Manifest first = new DirectoryReader(root, path -> true, DigestCache.in(cacheFile), () -> true)
                .read()
                .manifest();
        Files.writeString(page, "two");
        Files.setLastModifiedTime(page, old);
        FileTime same = Files.getLastModifiedTime(fresh);
        Files.writeString(fresh, "two");
        Files.setLastModifiedTime(fresh, same);
        Manifest believed = new DirectoryReader(root, path -> true, DigestCache.in(cacheFile), () -> true)
                .read()
                .manifest();
        assertEquals(digests(first).get("a.html"), digests(believed).get("a.html"));
        assertEquals(
                ManifestTest.file("fresh.html", "two").digest(),
                digests(believed).get("fresh.html"),
                "what was as new as the cache is read again");
        assertEquals(
                ManifestTest.file("a.html", "two").digest(),
                digests(read(root).manifest()).get("a.html"));
        Files.setLastModifiedTime(page, FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
        assertEquals(
                ManifestTest.file("a.html", "two").digest(),
                digests(new DirectoryReader(root, path -> true, DigestCache.in(cacheFile), () -> true)
                                .read()
                                .manifest())
                        .get("a.html"));
    }

    @Test
    void aDamagedCacheCountsAsEmpty() throws Exception {
        Path root = temp.resolve("dist");
        write(root.resolve("a.html"), "one");
        Path cacheFile = write(temp.resolve("digests"), "damaged");
        assertEquals(
                1,
                new DirectoryReader(root, path -> true, DigestCache.in(cacheFile), () -> true)
                        .read()
                        .manifest()
                        .count());
    }
}
