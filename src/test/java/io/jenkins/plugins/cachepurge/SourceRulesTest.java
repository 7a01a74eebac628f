package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What a reader of the sources can rely on. */
class SourceRulesTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final int MOST_LINES = 300;

    /** Longer, since what they decide must be seen at once. */
    private static final Set<String> LONG = Set.of("AsyncDriver", "OperationSession", "PartGroup", "PartSession");

    /** What Jenkins calls, and what says the same as its name. */
    private static final Set<String> SPEAK_FOR_THEMSELVES =
            Set.of("DescriptorImpl", "equals", "hashCode", "toString", "main", "of", "get", "operation", "description");

    @Test
    void noClassIsLongerThanAReaderRemembers() throws IOException {
        Set<String> longer = new TreeSet<>();
        for (Path file : sources()) {
            if (Files.readAllLines(file).size() > MOST_LINES && !LONG.contains(simpleName(file))) {
                longer.add(file.toString());
            }
        }
        assertEquals(Set.of(), longer);
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    /** A reader who searches for a name finds one class. */
    @Test
    void topLevelTypesHaveDifferentNames() throws IOException {
        Map<String, Long> files;
        try (Stream<Path> all = Stream.concat(Files.walk(MAIN), Files.walk(Path.of("src/test/java")))) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .map(SourceRulesTest::simpleName)
                    .filter(name -> !name.equals("package-info"))
                    .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        }
        files.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), files);
    }

    @Test
    void eachPackageSaysInTwoLinesWhatLivesThere() throws IOException {
        Set<String> wrong = new TreeSet<>();
        try (Stream<Path> folders = Files.walk(MAIN).filter(Files::isDirectory)) {
            for (Path folder : folders.filter(SourceRulesTest::holdsSources).toList()) {
                Path info = folder.resolve("package-info.java");
                long lines = Files.exists(info)
                        ? Files.readAllLines(info).stream()
                                .filter(line -> line.startsWith(" * "))
                                .count()
                        : 0;
                if (lines != 2) {
                    wrong.add(folder.toString());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    private static boolean holdsSources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void publicTypesAndMethodsHaveJavadoc() throws IOException {
        Set<String> bare = new TreeSet<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Finder(trees, bare).scan(unit, null);
            }
        }
        assertEquals(Set.of(), bare);
    }

    /** Goes through what other packages see. */
    private static final class Finder extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final Set<String> bare;

        Finder(DocTrees trees, Set<String> bare) {
            this.trees = trees;
            this.bare = bare;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            boolean visible = isPublic(type.getModifiers())
                    || getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
                            && outer.getKind() == Tree.Kind.INTERFACE;
            if (!visible) {
                return null;
            }
            check(type.getModifiers(), type.getSimpleName().toString());
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            String name = method.getName().toString();
            boolean ordinary = isPublic(method.getModifiers())
                    && !name.equals("<init>")
                    && !name.startsWith("do")
                    && !name.matches("(get|set|is)[A-Z].*");
            if (ordinary) {
                check(method.getModifiers(), name);
            }
            return null;
        }

        private void check(ModifiersTree modifiers, String name) {
            boolean inherits = modifiers.getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null && !inherits && !SPEAK_FOR_THEMSELVES.contains(name)) {
                String file =
                        getCurrentPath().getCompilationUnit().getSourceFile().getName();
                bare.add(Path.of(file).getFileName() + ": " + name);
            }
        }

        private static boolean isPublic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
