package io.jenkins.plugins.cachepurge.config;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.PluginWrapper;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.cachepurge.client.agent.AgentLink;
import io.jenkins.plugins.cachepurge.client.agent.AgentTransport;
import io.jenkins.plugins.cachepurge.client.agent.RoutedTransport;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.engine.AccessTokens;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import io.jenkins.plugins.cachepurge.engine.LimitedExecutor;
import io.jenkins.plugins.cachepurge.engine.MonotonicClock;
import io.jenkins.plugins.cachepurge.engine.OtherPluginCredentialsResolver;
import io.jenkins.plugins.cachepurge.engine.PollBatcher;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.engine.Quotas;
import io.jenkins.plugins.cachepurge.engine.RetryPolicy;
import io.jenkins.plugins.cachepurge.engine.Scheduler;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import java.lang.ref.Reference;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Runtime that all operations of the controller share: HTTP client, clock, timer, threads and quotas. Tasks that may
 * block run on a pool that grows, with a limit for each build, so that a build whose credentials or console block
 * delays no other.
 */
@Extension
public final class OperationRuntime {

    /** Threads that one build may block. */
    private static final int MAX_THREADS_PER_BUILD = 4;

    /** Threads that tasks may block before it is known which build they are for. */
    private static final int MAX_UNASSIGNED_THREADS = 32;

    /** Threads that the code of other plugins may block when it is asked for credentials. */
    private static final int MAX_RESOLVING_THREADS = 8;

    private final InstantSource clock = new MonotonicClock();
    private final RetryPolicy retryPolicy = new RetryPolicy(new Random());
    private final PollBatcher pollBatcher = new PollBatcher(clock);

    /** Executors by the id of the build; removed when nothing of the build is running any more. */
    private final LoadingCache<String, BuildExecutors> executors =
            CacheBuilder.newBuilder().weakValues().build(CacheLoader.from(this::createExecutors));

    private volatile boolean closed;

    /** Null until an operation needs it: Jenkins starts as fast as without it. */
    private volatile Resources resources;

    private record Resources(
            ApiTransport transport,
            ExecutorService exchanges,
            ExecutorService workers,
            OperationTimerThread timer,
            Executor unassigned,
            Quotas quotas,
            AccessTokens tokens) {}

    private Resources resources() {
        Resources existing = resources;
        return existing == null ? createOnce() : existing;
    }

    private synchronized Resources createOnce() {
        if (resources == null) {
            resources = create();
        }
        return resources;
    }

    private Resources create() {
        ExecutorService workers = impersonating(Executors.newCachedThreadPool(named("cache-purge worker")));
        ExecutorService exchanges = impersonating(Executors.newCachedThreadPool(named("cache-purge HTTP")));
        OkHttpClient client = HttpLimits.applyTo(JenkinsOkHttpClient.newClientBuilder(new OkHttpClient())
                        .dispatcher(HttpLimits.applyTo(new Dispatcher(exchanges))))
                .build();
        OperationTimerThread timer = new OperationTimerThread(named("cache-purge timer"));
        Quotas quotas = new Quotas(
                clock, timer, retryPolicy, url -> CachePurgeConfiguration.get().maxConcurrent(url));
        Executor resolving = new LimitedExecutor(workers, MAX_RESOLVING_THREADS);
        OtherPluginCredentialsResolver resolver =
                new OtherPluginCredentialsResolver(task -> execute(resolving, task), timer);
        return new Resources(
                // Services compare the time of a signature with theirs, so it must follow the clock of the machine.
                new OkHttpTransport(client, userAgent(), clock, InstantSource.system()),
                exchanges,
                workers,
                timer,
                new LimitedExecutor(workers, MAX_UNASSIGNED_THREADS),
                quotas,
                new AccessTokens(transport(), quotas, clock, resolver));
    }

    private static ExecutorService impersonating(ExecutorService threads) {
        return new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
    }

    private static ThreadFactory named(String name) {
        return new NamingThreadFactory(new DaemonThreadFactory(), name);
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(OperationRuntime.class);
        String version = plugin == null ? "unknown" : plugin.getVersionNumber().toString();
        return "cache-purge/%s Jenkins/%s".formatted(version, Jenkins.VERSION);
    }

    public static OperationRuntime get() {
        return ExtensionList.lookupSingleton(OperationRuntime.class);
    }

    /** Clock that setting the controller's clock does not change. */
    public InstantSource clock() {
        return clock;
    }

    /** When failed exchanges are sent again. */
    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /** Timer for deadlines; its tasks must not block. */
    public Scheduler timer() {
        return resources().timer();
    }

    /** HTTP client that uses the proxy of Jenkins. Sends nothing once Jenkins stops. */
    public ApiTransport transport() {
        return new TransportUntilShutdown(this::isClosed, () -> resources().transport());
    }

    private ApiTransport transport(AgentLink agent) {
        AgentTransport remote = new AgentTransport(agent, userAgent(), clock, InstantSource.system());
        return new RoutedTransport(transport(), new TransportUntilShutdown(this::isClosed, () -> remote));
    }

    /** The access tokens of the controller. */
    public AccessTokens tokens() {
        return resources().tokens();
    }

    /**
     * Executor for tasks that may block and are of no build, or of one that is not known yet. They run with the rights of
     * Jenkins itself; once Jenkins stops they do not run.
     */
    public Executor executor() {
        return task -> execute(resources().unassigned(), task);
    }

    /** Executor for tasks of a build that may block, such as writing its files. */
    public Executor executor(Run<?, ?> run) {
        return executors(run).tasks();
    }

    /** Executor without a limit, for the ends of steps; its tasks must not block for long. */
    public Executor callbackExecutor() {
        return task -> execute(resources().workers(), task);
    }

    private BuildExecutors executors(Run<?, ?> run) {
        return executors.getUnchecked(run.getExternalizableId());
    }

    private void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!isClosed()) {
                throw e;
            }
        }
    }

    private BuildExecutors createExecutors(String id) {
        return new BuildExecutors(this, limited(), limited());
    }

    private Executor limited() {
        return new LimitedExecutor(resources().workers(), MAX_THREADS_PER_BUILD);
    }

    /**
     * Executors of one build. Each of them prevents garbage collection of both.
     *
     * @param blocking for tasks that may block
     * @param completing for the ends of operations, which must not wait for tasks that block
     */
    private record BuildExecutors(OperationRuntime runtime, Executor blocking, Executor completing) {

        Executor tasks() {
            return task -> runtime.execute(blocking, retaining(task));
        }

        Executor callbacks() {
            return task -> runtime.execute(completing, retaining(task));
        }

        private Runnable retaining(Runnable task) {
            return () -> {
                task.run();
                Reference.reachabilityFence(this);
            };
        }
    }

    /**
     * Dependencies of a driver for an operation of a build.
     *
     * @param agent the way to the agent on which it runs; empty if no agent sends its requests
     */
    public AsyncDriver.Dependencies dependencies(
            Run<?, ?> run,
            Optional<AgentLink> agent,
            SignerProvider signers,
            ProgressListener listener,
            CheckpointStore checkpoints) {
        BuildExecutors build = executors(run);
        return new AsyncDriver.Dependencies(
                agent.map(this::transport).orElseGet(this::transport),
                signers,
                clock,
                timer(),
                build.tasks(),
                build.callbacks(),
                resources().quotas(),
                tokens(),
                pollBatcher,
                listener,
                checkpoints,
                this::isClosed);
    }

    /** Whether Jenkins stops: then nothing is sent any more, and no operation ends. */
    public boolean isClosed() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return closed || jenkins == null || jenkins.isTerminating();
    }

    /** Called when Jenkins stops, in no particular order with other terminators. */
    @Terminator
    public static void shutDown() {
        ExtensionList.lookup(OperationRuntime.class).forEach(OperationRuntime::close);
    }

    private void close() {
        closed = true;
        Resources created = resources;
        if (created != null) {
            created.timer().shutDown();
            created.workers().shutdown();
            created.exchanges().shutdown();
        }
    }

    /** Closes the runtime before any terminator runs: the first of them may take long, or stop what others need. */
    @Extension
    public static final class CloseBeforeShutdown extends ItemListener {

        @Override
        public void onBeforeShutdown() {
            get().closed = true;
        }
    }
}
