package io.jenkins.plugins.cachepurge.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import jenkins.MasterToSlaveFileCallable;

/**
 * SHA-256 of files in the workspace, computed on the agent. They are kept in the build's directory until the build has
 * ended, so that after a restart the same bytes are expected, whatever is in the workspace then.
 */
final class FileDigests {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_PROBLEM_LENGTH = 200;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final List<String> files;
    private final String field;
    private final PreparationContext context;

    private FileDigests(List<String> files, String field, PreparationContext context) {
        this.files = files;
        this.field = field;
        this.context = context;
    }

    /**
     * Reads files, on a thread that may block.
     *
     * @param files relative to the directory of the step
     * @param field the parameter that names them
     * @return a digest for each
     */
    static CompletableFuture<List<String>> read(List<String> files, String field, PreparationContext context) {
        FileDigests digests = new FileDigests(files, field, context);
        return CompletableFuture.supplyAsync(
                digests::digests,
                OperationRuntime.get().executor(context.build().run()));
    }

    private List<String> digests() {
        try {
            Optional<List<String>> saved = context.resumed() ? load() : Optional.empty();
            if (saved.isPresent()) {
                return saved.get();
            }
            List<String> read = ofAgent();
            save(read);
            return read;
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private List<String> ofAgent() throws IOException, InterruptedException {
        FilePath directory = context.workspace()
                .directory()
                .orElseThrow(() -> new InvalidInputException(field, LocalizedText.of("changes.noWorkspace")));
        List<String> read;
        try {
            read = directory.act(new ReadDigests(new ArrayList<>(files)));
        } catch (IOException e) {
            throw new AbortException("%s: %s".formatted(field, problem(e)));
        }
        // Whoever controls the agent may send anything.
        boolean valid = read != null
                && read.size() == files.size()
                && read.stream()
                        .allMatch(digest ->
                                digest != null && DIGEST.matcher(digest).matches());
        if (!valid) {
            throw new AbortException("%s: the agent's digests are not valid".formatted(field));
        }
        return List.copyOf(read);
    }

    private static String problem(IOException e) {
        return PrintableText.cut(PrintableText.withoutInvisible(String.valueOf(e.getMessage())), MAX_PROBLEM_LENGTH);
    }

    private Path file() {
        return CheckpointFile.inDirectory(
                context.build().run().getRootDir().toPath(), context.build().executionId() + "-digests");
    }

    private void save(List<String> digests) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file(), StandardCharsets.UTF_8)) {
            writer.write(String.join("\n", digests));
            writer.commit();
        }
    }

    private Optional<List<String>> load() throws IOException {
        try {
            List<String> saved = Files.readAllLines(file());
            return Optional.of(saved).filter(digests -> digests.size() == files.size());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Computes the digests on the agent. */
    private static final class ReadDigests extends MasterToSlaveFileCallable<ArrayList<String>> {

        private static final long serialVersionUID = 1L;

        private final ArrayList<String> files;

        ReadDigests(ArrayList<String> files) {
            this.files = files;
        }

        @Override
        public ArrayList<String> invoke(File workspace, VirtualChannel channel) throws IOException {
            ArrayList<String> digests = new ArrayList<>();
            for (String name : files) {
                Path file = workspace.toPath().resolve(name);
                Path page = Files.isDirectory(file) ? file.resolve("index.html") : file;
                if (!Files.isRegularFile(page)) {
                    throw new IOException("the workspace has no file '%s'".formatted(PrintableText.quote(name)));
                }
                digests.add(digest(page));
            }
            return digests;
        }

        private static String digest(Path file) throws IOException {
            MessageDigest digest = BodyDigestAlgorithm.SHA_256.newDigest();
            byte[] buffer = new byte[BUFFER_BYTES];
            try (InputStream in = Files.newInputStream(file)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
