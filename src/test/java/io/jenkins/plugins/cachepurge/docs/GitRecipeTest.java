package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shell script of the recipe for files of a Git change, as the document has it, in real Git repositories. */
class GitRecipeTest {

    private static final Pattern SCRIPT = Pattern.compile("script: '''(.*?)'''", Pattern.DOTALL);

    private static final String FIRST_COMMIT = """
            git init --quiet -b main
            git config user.name A
            git config user.email a@example.org
            mkdir -p public/blog public2
            for name in index.html blog/index.html 'größe.html' old.html moved.html same.html; do echo "$name" > "public/$name"; done
            echo 1 > README.md
            echo 1 > public2/page.html
            git add .
            git commit --quiet -m 'Add pages'
            """;

    @TempDir
    private Path directory;

    private Path repository;

    @BeforeEach
    void createRepository() throws Exception {
        assumeFalse(File.separatorChar == '\\', "runs shell scripts");
        repository = Files.createDirectory(directory.resolve("repository"));
        run(repository, FIRST_COMMIT);
    }

    private static String recipe() {
        List<String> scripts = Documents.blocks(Documents.DOCS.resolve("recipes.md")).stream()
                .filter(block -> block.title().equals("Purge files of a Git change"))
                .map(block -> SCRIPT.matcher(block.text()))
                .filter(Matcher::find)
                .map(found -> found.group(1).replace("\\\\", "\\"))
                .toList();
        assertEquals(1, scripts.size());
        return scripts.get(0);
    }

    /** With the options that Jenkins sets. */
    private static String pages(Path workspace, String since) throws Exception {
        return run(workspace, "set -e\n" + recipe(), "GIT_PREVIOUS_SUCCESSFUL_COMMIT", since);
    }

    private String commit(String changes) throws Exception {
        run(repository, changes + "\ngit add -A .\ngit commit --quiet -m 'Change pages'\n");
        return head();
    }

    private String head() throws Exception {
        return run(repository, "git rev-parse HEAD").trim();
    }

    /** Paths in the form in which they are sent. */
    private static List<String> sent(String pages) {
        return new PurgeSelection(SelectionType.PATHS, ListValues.of("paths", pages))
                .values().stream().sorted().toList();
    }

    @Test
    void listsChangedPagesOfEachName() throws Exception {
        String since = head();
        commit("""
                cd public
                echo 2 > 'größe.html'
                echo 2 > '日本.html'
                echo 2 > 'a b "c".html'
                echo 2 > '100%.html'
                echo 2 > 'a%20b.html'
                echo 2 > 'what?.html'
                echo 2 > 'c#.html'
                echo 2 > 'star*.html'
                echo 2 > 'back\\slash.html'
                """);
        assertEquals(
                List.of(
                        "/%E6%97%A5%E6%9C%AC.html",
                        "/100%25.html",
                        "/a%20b%20%22c%22.html",
                        "/a%2520b.html",
                        "/back%5Cslash.html",
                        "/c%23.html",
                        "/gr%C3%B6%C3%9Fe.html",
                        "/star%2A.html",
                        "/what%3F.html"),
                sent(pages(repository, since)));
    }

    @Test
    void listsDirectoryOfIndexPage() throws Exception {
        String since = head();
        commit("echo 2 > public/index.html; echo 2 > public/blog/index.html; echo 2 > public/blog/myindex.html");
        assertEquals(
                List.of("/", "/blog/", "/blog/index.html", "/blog/myindex.html", "/index.html"),
                sent(pages(repository, since)));
    }

    @Test
    void listsDeletedPagesAndBothNamesOfRenamedOnes() throws Exception {
        String since = head();
        commit("git rm --quiet public/old.html; git mv public/moved.html public/blog/moved.html");
        assertEquals(List.of("/blog/moved.html", "/moved.html", "/old.html"), sent(pages(repository, since)));
    }

    @Test
    void listsNothingOfOtherDirectories() throws Exception {
        String since = head();
        commit("echo 2 > README.md; echo 2 > public2/page.html");
        assertEquals("", pages(repository, since));
        assertEquals("", pages(repository, head()));
    }

    @Test
    void listsAllCommitsOfShallowClone() throws Exception {
        String since = head();
        commit("echo 2 > public/old.html");
        commit("echo 2 > public/same.html");
        commit("echo 2 > public/index.html");
        run(directory, "git clone --quiet --depth 1 'file://%s' clone".formatted(repository));
        Path clone = directory.resolve("clone");
        assertEquals("1", run(clone, "git rev-list --count HEAD").trim());
        assertEquals(List.of("/", "/index.html", "/old.html", "/same.html"), sent(pages(clone, since)));
    }

    @Test
    void isEverythingWithoutKnownCommit() throws Exception {
        assertEquals("everything\n", pages(repository, ""));
        assertEquals("everything\n", pages(repository, "0123456789012345678901234567890123456789"));
    }

    /** What the Jenkinsfile compares the output with. */
    @Test
    void jenkinsfileExpectsWhatTheScriptPrints() {
        String recipes = Documents.read(Documents.DOCS.resolve("recipes.md"));
        assertTrue(recipes.contains("if (pages == 'everything\\n')"));
        assertFalse(recipe().contains("\\n'''"));
    }

    /** Standard input carries the script, since a file name may not be what this machine's locale can encode. */
    private static String run(Path workspace, String script, String... variable)
            throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-e").directory(workspace.toFile());
        if (variable.length > 0) {
            shell.environment().put(variable[0], variable[1]);
        }
        Path errors = Files.createTempFile("git-recipe", ".txt");
        Process process = shell.redirectError(errors.toFile()).start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> script + "\n" + Documents.read(errors));
        Files.delete(errors);
        return output;
    }
}
