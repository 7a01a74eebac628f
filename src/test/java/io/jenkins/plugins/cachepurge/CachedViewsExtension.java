package io.jenkins.plugins.cachepurge;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.MetaClass;

/**
 * Lets Stapler remember which views there are, as it does in production, in each test. The test harness turns that off
 * for pages that are edited during a test; then each view of each page is searched for in all jars of the class path.
 */
public final class CachedViewsExtension implements BeforeAllCallback {

    /** The harness sets it when its class is loaded, and never again. */
    static {
        try {
            Class.forName(JenkinsRule.class.getName(), true, JenkinsRule.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        MetaClass.NO_CACHE = false;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (MetaClass.NO_CACHE) {
            throw new IllegalStateException("a test has turned the cache of views off");
        }
    }
}
