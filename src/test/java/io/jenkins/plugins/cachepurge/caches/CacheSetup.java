package io.jenkins.plugins.cachepurge.caches;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Where one cache keeps its files, and what is different from the documented configuration.
 *
 * @param folder of its own, writable for whatever user the cache takes
 * @param document the page that says how it is configured
 * @param block which of the configurations of the page it has, 0 for the first
 * @param listening where it listens
 * @param purger the only address that may purge
 * @param change what else is different in its files
 */
record CacheSetup(
        Path folder,
        Path document,
        int block,
        InetSocketAddress listening,
        OriginServer origin,
        String purger,
        UnaryOperator<String> change) {

    /** The address of Jenkins in all documents. */
    private static final String DOCUMENTED_PURGER = "192.0.2.10";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    /** The code blocks of the page, from the first, as if its author ran the site on this machine. */
    String documented(int block) throws IOException {
        return blocks().get(block)
                .replace(DOCUMENTED_PURGER, purger)
                .replace("origin.example.org:8080", origin.authority())
                .replace("origin.example.org parent 8080", "127.0.0.1 parent " + origin.port())
                .replace("\"origin.example.org\"", "\"127.0.0.1\"")
                .replace("\"8080\"", "\"%d\"".formatted(origin.port()));
    }

    /** The code block that was chosen. */
    String documented() throws IOException {
        return documented(block);
    }

    /** Those that are configuration files: other than Jenkinsfiles. */
    private List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .filter(block -> !block.group(1).equals("groovy"))
                .map(block -> block.group(2))
                .toList();
    }

    String address() {
        return listening.getHostString();
    }

    int port() {
        return listening.getPort();
    }

    /** Address and port, as in a URL. */
    String authority() {
        return address() + ":" + port();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path folder(String name) throws IOException {
        Path made = Files.createDirectories(path(name));
        open(made);
        return made;
    }

    Path write(String name, String text) throws IOException {
        Path file = path(name);
        folder(folder.relativize(file.getParent()).toString());
        return Files.writeString(file, change.apply(text));
    }

    /** Servers that root starts take another user's rights. */
    boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
