package io.jenkins.plugins.cachepurge.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts a Jenkins with the plugin beside simulated services, and runs the demo pipeline in it. */
public final class JenkinsDemo {

    private static final Path JENKINSFILE = Path.of("src/test/demo/Jenkinsfile").toAbsolutePath();

    private JenkinsDemo() {}

    /**
     * @param args the Maven to call, options for it, and {@code --once} to end after the run, with 0 if it was successful
     */
    public static void main(String[] args) throws Exception {
        List<String> maven = new ArrayList<>(Arrays.asList(args));
        boolean once = maven.remove("--once");
        try (DemoServices services = DemoServices.start(Path.of("target").toAbsolutePath());
                JenkinsProcess jenkins =
                        JenkinsProcess.start(maven, JenkinsProcess.CONFIGURATION, services.environment())) {
            boolean successful = jenkins.running().run("demo", Files.readString(JENKINSFILE), System.out);
            if (once) {
                jenkins.close();
                System.exit(successful ? 0 : 1);
            }
            System.out.println("Jenkins is open at " + jenkins.running().url() + " until Ctrl-C.");
            jenkins.await();
        }
    }
}
