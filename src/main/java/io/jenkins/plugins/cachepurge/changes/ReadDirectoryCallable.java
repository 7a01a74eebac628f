package io.jenkins.plugins.cachepurge.changes;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.manifest.DigestCache;
import io.jenkins.plugins.cachepurge.manifest.DirectoryReader;
import io.jenkins.plugins.cachepurge.manifest.UnreadableDirectoryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/** Reads a directory of a workspace, on the agent that has it. */
final class ReadDirectoryCallable extends MasterToSlaveFileCallable<DirectoryListing> {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String include;
    private final String exclude;
    private final String cacheFile;
    private final ListingAwaitedCheck awaitedCheck;

    /** @param cacheFile where digests are kept for those who trust times; null otherwise */
    ReadDirectoryCallable(ChangesSpec spec, String cacheFile, ListingAwaitedCheck awaitedCheck) {
        directory = spec.directory();
        include = spec.include();
        exclude = spec.exclude();
        this.cacheFile = cacheFile;
        this.awaitedCheck = awaitedCheck;
    }

    @Override
    public DirectoryListing invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path root = workspace.toPath().resolve(directory);
        String shown = PrintableText.quote(directory);
        if (!Files.exists(root)) {
            throw new UnreadableDirectoryException("%s does not exist in the workspace".formatted(shown));
        }
        if (!Files.isDirectory(root)) {
            throw new UnreadableDirectoryException("%s is not a directory".formatted(shown));
        }
        DigestCache cache = cacheFile == null ? DigestCache.none() : DigestCache.in(Path.of(cacheFile));
        AntPatterns included = new AntPatterns(include, exclude, root);
        return new DirectoryListing(new DirectoryReader(root, included, cache, awaitedCheck::isWaitedFor).read());
    }
}
