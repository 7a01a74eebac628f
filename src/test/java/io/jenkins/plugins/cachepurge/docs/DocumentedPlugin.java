package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.PluginManager;
import hudson.PluginWrapper;
import io.jenkins.plugins.cachepurge.docs.Documents.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** The plugin of adding-a-cdn.md: its code is taken from there, compiled, packed, and loaded. */
final class DocumentedPlugin {

    private static final String NAME = "mirror";
    private static final Path DOCUMENT = Documents.DOCS.resolve("adding-a-cdn.md");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record) (\\w+)");

    private DocumentedPlugin() {}

    /** @param directory for the files it is made from */
    static void load(JenkinsRule j, Path directory) throws Exception {
        Path classes = Files.createDirectories(directory.resolve("mirror/classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath(), "-g", "-Xlint:-options"));
        Path provider = null;
        for (Block block : Documents.blocks(DOCUMENT)) {
            if (block.language().equals("java")) {
                String path = pathOf(block);
                Path source = write(directory.resolve("mirror/source/" + path + ".java"), block.text());
                arguments.add(source.toString());
                provider = path.endsWith("Provider") ? Path.of(path) : provider;
            } else if (block.text().startsWith("<?jelly")) {
                write(classes.resolve(provider + "/config.jelly"), block.text());
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertTrue(result == 0, () -> said.toString(StandardCharsets.UTF_8));
        Path plugin = j.jenkins.getRootDir().toPath().resolve("plugins/%s.jpi".formatted(NAME));
        Files.createDirectories(plugin.getParent());
        pack(classes, plugin);
        j.jenkins.pluginManager.dynamicLoad(plugin.toFile());
    }

    /** Takes it away: the test harness gives what a Jenkins has loaded to the next one in the same process. */
    static void unload(JenkinsRule j) throws ReflectiveOperationException {
        for (String name : List.of("plugins", "activePlugins")) {
            Field field = PluginManager.class.getDeclaredField(name);
            field.setAccessible(true);
            ((List<?>) field.get(j.jenkins.pluginManager))
                    .removeIf(plugin -> ((PluginWrapper) plugin).getShortName().equals(NAME));
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String pathOf(Block block) {
        return first(PACKAGE, block).replace('.', '/') + "/" + first(TYPE, block);
    }

    private static String first(Pattern pattern, Block block) {
        Matcher found = pattern.matcher(block.text());
        assertTrue(found.find(), () -> block + " is no file");
        return found.group(1);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void pack(Path classes, Path plugin) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Short-Name", NAME);
        manifest.getMainAttributes().putValue("Plugin-Version", "1");
        manifest.getMainAttributes().putValue("Jenkins-Version", Jenkins.VERSION);
        manifest.getMainAttributes().putValue("Plugin-Dependencies", "cache-purge:0");
        try (JarOutputStream jpi = new JarOutputStream(Files.newOutputStream(plugin), manifest)) {
            jpi.putNextEntry(new ZipEntry("WEB-INF/lib/mirror.jar"));
            // With the manifest, as hpi-plugin does it: Jenkins then takes what is in it for a plugin's own.
            JarOutputStream jar = new JarOutputStream(jpi, manifest);
            add(classes, jar);
            jar.finish();
        }
    }

    private static void add(Path classes, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                jar.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
            }
        }
    }
}
