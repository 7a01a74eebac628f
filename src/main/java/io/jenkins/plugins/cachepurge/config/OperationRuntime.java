package io.jenkins.plugins.cachepurge.config;

import com.google.common.base.Suppliers;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.PluginWrapper;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.engine.PollBatcher;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.security.ImpersonatingScheduledExecutorService;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The HTTP client and the few threads that all operations of the controller share: their number does not depend on how
 * many operations wait.
 */
@Extension
public final class OperationRuntime {

    private final PollBatcher pollBatcher = new PollBatcher(Clock.systemUTC());
    private final Supplier<Resources> parts = Suppliers.memoize(OperationRuntime::create);

    private record Resources(ApiTransport exchanges, ExecutorService exchanging, ScheduledExecutorService worker) {}

    /** Not before the first operation: Jenkins starts as fast as without it. */
    private static Resources create() {
        ScheduledExecutorService worker =
                new ImpersonatingScheduledExecutorService(new WorkerPool(named("cache-purge worker")), ACL.SYSTEM2);
        ExecutorService exchanging =
                new ImpersonatingExecutorService(Executors.newCachedThreadPool(named("cache-purge HTTP")), ACL.SYSTEM2);
        Dispatcher dispatcher = HttpLimits.applyTo(new Dispatcher(exchanging));
        OkHttpClient.Builder builder =
                JenkinsOkHttpClient.newClientBuilder(new OkHttpClient()).dispatcher(dispatcher);
        ApiTransport exchanges = new OkHttpTransport(HttpLimits.applyTo(builder).build(), userAgent(), Clock.systemUTC());
        return new Resources(exchanges, exchanging, worker);
    }

    public static OperationRuntime get() {
        return ExtensionList.lookupSingleton(OperationRuntime.class);
    }

    private static ThreadFactory named(String name) {
        return new NamingThreadFactory(new DaemonThreadFactory(), name);
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(OperationRuntime.class);
        String version = plugin == null ? "unknown" : plugin.getVersionNumber().toString();
        return "cache-purge/%s Jenkins/%s".formatted(version, Jenkins.VERSION);
    }

    /** Carries exchanges out, through the proxy that Jenkins is set up with. */
    public ApiTransport transport() {
        return parts.get().exchanges();
    }

    /**
     * For short tasks that read files or credentials, now or later; they run with the rights of Jenkins itself. Not
     * Jenkins' own timer: that is not for such tasks, and holds on to what was cancelled until its time comes.
     */
    public ScheduledExecutorService executor() {
        return parts.get().worker();
    }

    /** What waits for something of the same list asks together. */
    public PollBatcher pollBatcher() {
        return pollBatcher;
    }

    /** Called when Jenkins stops. */
    @Terminator
    public static void shutDown() {
        ExtensionList.lookup(OperationRuntime.class).forEach(OperationRuntime::close);
    }

    private void close() {
        parts.get().worker().shutdown();
        parts.get().exchanging().shutdown();
    }
}
