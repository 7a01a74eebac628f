package io.jenkins.plugins.cachepurge.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact form of a manifest: what is written is read, and nothing else is. */
class ManifestTest {

    private static final int LINUX_PATH_MAX = 4096;

    static ManifestEntry file(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new ManifestEntry(
                path, bytes.length, Sha256.of(Sha256.algorithm().digest(bytes)));
    }

    private static List<ManifestEntry> entries(Manifest manifest) {
        List<ManifestEntry> entries = new ArrayList<>();
        manifest.forEach(entries::add);
        return entries;
    }

    @Test
    void whatWasWrittenIsReadInTheOrderOfThePaths() throws IOException {
        List<ManifestEntry> files = List.of(
                file("a b/ü 😀.html", "1"),
                file("a/b.html", "2"),
                file("a/b/c", ""),
                new ManifestEntry("big.iso", 1L << 40, file("", "").digest()),
                file("x\\y", "3"));
        List<ManifestEntry> shuffled = new ArrayList<>(files);
        Collections.reverse(shuffled);
        Manifest written = Manifest.of(shuffled);
        Manifest read = Manifest.read(written.toBytes());
        assertEquals(files, entries(read));
        assertEquals(files, entries(read), "twice");
        assertEquals(5, read.count());
        assertFalse(read.isEmpty());
        assertTrue(Manifest.read(Manifest.empty().toBytes()).isEmpty());
    }

    /** The digests alone are 3.2 MB. */
    @Test
    void aHundredThousandFilesTakeFourMegabytes() throws IOException {
        Random random = new Random(7);
        List<ManifestEntry> files = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            String path = "section-%03d/%05d-%s/index.html".formatted(i / 400, i, word(random));
            files.add(new ManifestEntry(path, random.nextInt(40_000), Sha256.of(digest)));
        }
        Manifest manifest = Manifest.of(files);
        assertTrue(manifest.length() <= 4_000_000, "length " + manifest.length());
        assertEquals(100_000, Manifest.read(manifest.toBytes()).count());
    }

    private static String word(Random random) {
        return List.of("about", "archive", "article", "category", "gallery", "news", "product", "review")
                .get(random.nextInt(8));
    }

    @Test
    void aSha256IsComparedByItsValueAndShownAsUsual() {
        assertEquals(file("a", "abc").digest(), file("b", "abc").digest());
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                file("a", "abc").digest().toString());
        assertThrows(IllegalArgumentException.class, () -> Sha256.of(new byte[31]));
    }

    /** Nothing that is cut off or changed anywhere is an error of the reader itself, or endless. */
    @Test
    void whateverIsDamagedIsRefusedOrStillAManifest() {
        byte[] whole = Manifest.of(List.of(file("a/b.html", "1"), file("a/c.html", "2"), file("d", "3")))
                .toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(InvalidManifestException.class, () -> Manifest.read(cut), "length " + length);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThrows(InvalidManifestException.class, () -> Manifest.read(longer));
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                readOrRefuse(flipped);
            }
        }
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            readOrRefuse(noise);
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            Manifest.read(bytes).forEach(file -> assertFalse(file.path().isEmpty()));
        } catch (InvalidManifestException e) {
            assertFalse(e.getMessage().contains("\n"));
        }
    }

    /** As an agent that lies would write it. */
    private static byte[] forged(int count, List<byte[]> paths, int digests) throws IOException {
        ByteArrayOutputStream pathBlock = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(pathBlock))) {
            for (byte[] path : paths) {
                PathCodec.writeNumber(out, 0);
                PathCodec.writeNumber(out, path.length);
                out.write(path);
            }
        }
        ByteArrayOutputStream sizeBlock = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(sizeBlock)) {
            out.write(new byte[paths.size()]);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeByte(1);
        out.writeInt(count);
        out.writeInt(pathBlock.size());
        out.writeInt(sizeBlock.size());
        pathBlock.writeTo(out);
        sizeBlock.writeTo(out);
        out.write(new byte[32 * digests]);
        return all.toByteArray();
    }

    private static byte[] forged(String... paths) throws IOException {
        return forged(
                paths.length,
                Arrays.stream(paths)
                        .map(path -> path.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                paths.length);
    }

    private static String refused(byte[] bytes) {
        return assertThrows(InvalidManifestException.class, () -> Manifest.read(bytes))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/etc/passwd", "a/", "a//b", "..", "../a", "a/../b", "a/..", ".", "./a", "a/./b", "a\0b"
            })
    void aPathThatIsNotBelowTheDirectoryIsRefused(String path) throws IOException {
        assertTrue(refused(forged(path)).startsWith("the path '"), () -> "accepted " + path);
    }

    @Test
    void dotsInNamesAreNoSegments() throws IOException {
        assertEquals(
                4, Manifest.read(forged("...", ".well-known/x", "a..", "b/..c")).count());
    }

    @Test
    void whatAnHonestAgentDoesNotSendIsRefused() throws IOException {
        assertEquals("its paths are not in order", refused(forged("b", "a")));
        assertEquals("its paths are not in order", refused(forged("a", "a")));
        assertEquals("a path is not in UTF-8", refused(forged(1, List.of(new byte[] {'a', (byte) 0xe9}), 1)));
        assertEquals("a path is not in UTF-8", refused(forged(1, List.of(new byte[] {(byte) 0xc0, (byte) 0xaf}), 1)));
        assertEquals("a path is longer than 4096 bytes", refused(forged("a".repeat(LINUX_PATH_MAX + 1))));
        assertEquals(1, Manifest.read(forged("a".repeat(LINUX_PATH_MAX))).count());
        assertEquals("it ends early", refused(forged(2, List.of(new byte[] {'a'}), 2)));
        assertEquals(
                "it has more files than it says", refused(forged(1, List.of(new byte[] {'a'}, new byte[] {'b'}), 1)));
        assertEquals("its length is wrong", refused(forged(1, List.of(new byte[] {'a'}), 2)));
        assertEquals("it has more than 1000000 files", refused(forged(1_000_001, List.of(), 0)));
        assertEquals("it has more than 1000000 files", refused(forged(-1, List.of(), 0)));
        byte[] version = Manifest.empty().toBytes();
        version[0] = 2;
        assertEquals("its version is unknown", refused(version));
        byte[] block = Manifest.of(List.of(file("a", "1"))).toBytes();
        block[13] = 0;
        assertEquals("it is not compressed correctly", refused(block));
    }

    /** A few bytes that expand to more than the controller wants to keep. */
    @Test
    void pathsThatAreTogetherTooLongAreRefused() throws IOException {
        int count = 40_000;
        byte[] end = "a".repeat(LINUX_PATH_MAX - 5).getBytes(StandardCharsets.US_ASCII);
        List<byte[]> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] path = Arrays.copyOf("%05d".formatted(i).getBytes(StandardCharsets.US_ASCII), LINUX_PATH_MAX);
            System.arraycopy(end, 0, path, 5, end.length);
            paths.add(path);
        }
        assertEquals("its paths are too long", refused(forged(count, paths, count)));
    }
}
