package io.jenkins.plugins.cachepurge.changes;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** File that has either its old content or its new one, also after a crash. */
final class AtomicFile {

    private AtomicFile() {}

    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path whole = Files.createTempFile(
                Objects.requireNonNull(file.getParent()), file.toFile().getName(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
