package io.jenkins.plugins.cachepurge;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.Cache;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.Dispatcher;

/**
 * One Jenkins for all tests of a class. Before each test it is put back into the state in which it started: no jobs, no
 * workspaces, no credentials, no security, and nothing configured for this plugin. Whatever else a test changes it has
 * to put back itself. Agents stay, and what Jenkins keeps of the use of credentials.
 */
public final class SharedJenkins implements ParameterResolver, BeforeEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedJenkins.class);

    /** A Jenkins that makes pages as fast as one that is no test, and clients that read what they need once. */
    private static final class ClassJenkins extends JenkinsRule {

        private final Cache parsed = new Cache();

        ClassJenkins(Class<?> testClass) {
            // The rule knows no other description; extensions of the test are found by its class.
            testDescription = org.junit.runner.Description.createSuiteDescription(testClass);
        }

        @Override
        public void recipe() throws Exception {
            ACL.as2(ACL.SYSTEM2);
            super.recipe();
        }

        @Override
        public void before() throws Throwable {
            // Otherwise each page that is not found lists the steps of its search.
            Dispatcher.TRACE = false;
            super.before();
        }

        /** Parsing the style sheets of Jenkins takes a client longer than all else of a page. */
        @Override
        public WebClient createWebClient() {
            WebClient client = super.createWebClient();
            client.setCache(parsed);
            return client;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JenkinsRule.class;
    }

    /** Starts Jenkins for the first test that asks for it. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext testClass = testClass(context);
        return running(testClass).orElseGet(() -> {
            JenkinsRule started = start(testClass.getRequiredTestClass());
            testClass.getStore(NAMESPACE).put(JenkinsRule.class, started);
            return started;
        });
    }

    private static JenkinsRule start(Class<?> testClass) {
        JenkinsRule started = new ClassJenkins(testClass);
        try {
            started.before();
            return started;
        } catch (Throwable e) {
            throw new ParameterResolutionException("Jenkins does not start", e);
        }
    }

    private static Optional<JenkinsRule> running(ExtensionContext testClass) {
        return Optional.ofNullable(testClass.getStore(NAMESPACE).get(JenkinsRule.class, JenkinsRule.class));
    }

    private static ExtensionContext testClass(ExtensionContext context) {
        ExtensionContext each = context;
        while (each.getTestMethod().isPresent()) {
            each = each.getParent().orElseThrow();
        }
        return each;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (running(testClass(context)).isPresent()) {
            reset(Jenkins.get());
        }
    }

    private static void reset(Jenkins jenkins) throws Exception {
        ACL.as2(ACL.SYSTEM2);
        jenkins.disableSecurity();
        for (TopLevelItem item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
        for (Computer computer : jenkins.getComputers()) {
            deleteWorkspaces(computer.getNode());
        }
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(Map.of(Domain.global(), List.of()));
        SystemCredentialsProvider.getInstance().save();
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        CachePurgeConfiguration.get().setConcurrency(List.of());
        SitesConfiguration.get().setSites(List.of());
    }

    /** The next job may have the name of a job that was deleted. */
    private static void deleteWorkspaces(Node node) throws Exception {
        FilePath directory = node == null ? null : node.getRootPath();
        if (directory != null) {
            directory.child("workspace").deleteRecursive();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Optional<JenkinsRule> started = running(context);
        if (started.isPresent()) {
            started.get().after();
        }
    }
}
