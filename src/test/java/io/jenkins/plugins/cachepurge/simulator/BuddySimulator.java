package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Buddy's REST API, as far as pipelines, their executions and the caches of routes go ({@link BuddyRoutes}).
 *
 * <p>Follows the documentation and the official Go client: {@code Authorization: Bearer} or {@code ?access_token=};
 * clearing a cache is a PATCH of the pipeline that answers 201; an execution with {@code delay_until} waits and is
 * started at once by {@code RUN_DELAYED}; errors are {@code {"errors":[{"message":…}]}}; each answer has rate headers,
 * the reset in seconds since 1970.
 *
 * <p>Assumed where nothing is published: a waiting execution has status INITIAL and starts by itself when its time has
 * come; an operation that does not fit the execution's status gets 400, as do unknown fields; another content type than
 * JSON gets 415; texts of errors; no element of a pipeline but {@code clear_cache} can be changed. The four operations
 * that need a human's answer (APPLY, APPLY_VARIABLES, SET_VARIABLES, APPROVE_VT) never fit.
 */
public final class BuddySimulator implements SimService {

    private static final String PIPELINES = "/workspaces/{workspace}/projects/{project}/pipelines";
    private static final String PIPELINE = PIPELINES + "/{pipeline}";
    private static final String EXECUTIONS = PIPELINE + "/executions";
    private static final String EXECUTION = EXECUTIONS + "/{execution}";
    private static final Set<String> MEDIA_TYPES = Set.of("buddy.v1.0.0", "buddy.v1.1.0");

    /** The distribution that the simulator has when it runs by itself. */
    public static final String DEMO_DISTRIBUTION = "rm1P93jG";

    /** The route that this distribution has. */
    public static final String DEMO_ROUTE = "dybEM2bg";

    private final InstantSource clock;
    private final String token;
    private final Router router = new Router()
            .on("GET", PIPELINES, this::listPipelines)
            .on("GET", PIPELINE, (request, path) -> getPipeline(path))
            .on("PATCH", PIPELINE, this::patchPipeline)
            .on("GET", EXECUTIONS, this::listExecutions)
            .on("POST", EXECUTIONS, this::runPipeline)
            .on("GET", EXECUTION, (request, path) -> getExecution(path))
            .on("PATCH", EXECUTION, this::patchExecution)
            .on("GET", BuddyRoutes.ROUTE, this::getRoute)
            .on("POST", BuddyRoutes.ROUTE + "/cache", this::purgeRoute);
    private final BuddyRoutes routes = new BuddyRoutes();
    private final BuddyWorkspaces workspaces = new BuddyWorkspaces();
    private List<TimedStatus> script =
            List.of(new TimedStatus("INPROGRESS", Duration.ofSeconds(5)), new TimedStatus("SUCCESSFUL", Duration.ZERO));
    private Duration cancelTime = Duration.ZERO;
    private SimFixedWindow rate = new SimFixedWindow(1000, Duration.ofHours(1));

    /**
     * A service without pipelines. An execution takes five seconds and is successful; 1000 requests are allowed in an
     * hour.
     *
     * @param token the access token it accepts
     */
    public BuddySimulator(InstantSource clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    @Override
    public String name() {
        return "Buddy";
    }

    /** Adds a pipeline; its workspace and its project exist from then on. */
    public synchronized BuddySimulator addPipeline(String workspace, String project, int id, String name) {
        workspaces.add(new SimBuddyPipeline(workspace, project, id, name, clock.instant()));
        return this;
    }

    /** Adds a route of a distribution; without a project it is the workspace's own. */
    public synchronized BuddySimulator addRoute(String workspace, String project, String distributionId, String id) {
        routes.add(workspace, project, distributionId, id);
        return this;
    }

    /** All purges of routes, oldest first. */
    public synchronized List<RecordedBuddyRoutePurge> routePurges() {
        return routes.purges();
    }

    /** Adds an execution that waits until a time. */
    public synchronized BuddySimulator addDelayedExecution(
            String workspace, String project, int pipelineId, int executionId, Instant delayUntil) {
        workspaces
                .pipeline(workspace, project, pipelineId)
                .add(SimBuddyExecution.delayed(executionId, "", delayUntil, script));
        return this;
    }

    /** Adds an execution that never was delayed, started now, and keeps its status. */
    public synchronized BuddySimulator addExecution(
            String workspace, String project, int pipelineId, int executionId, String status) {
        List<TimedStatus> forever = List.of(new TimedStatus(status, Duration.ZERO));
        workspaces
                .pipeline(workspace, project, pipelineId)
                .add(SimBuddyExecution.started(executionId, "", clock.instant(), forever));
        return this;
    }

    /** How long executions are INPROGRESS and how they end; for all that no request has started yet. */
    public BuddySimulator executionEndsAfter(Duration time, String status) {
        return executionGoesThrough(
                List.of(new TimedStatus("INPROGRESS", time), new TimedStatus(status, Duration.ZERO)));
    }

    /** What executions go through, for all that no request has started yet; the last phase has no end. */
    public synchronized BuddySimulator executionGoesThrough(List<TimedStatus> phases) {
        script = List.copyOf(phases);
        workspaces.all().forEach(pipeline -> pipeline.executions().forEach(execution -> execution.follow(script)));
        return this;
    }

    /** How long a cancelled execution is TERMINATING before it is TERMINATED; zero unless set. */
    public synchronized BuddySimulator cancelTakes(Duration time) {
        cancelTime = time;
        return this;
    }

    /**
     * From now on the token lacks a scope.
     *
     * @param scope EXECUTION_INFO (read), EXECUTION_MANAGE (clear the cache), EXECUTION_RUN (start, cancel), or for routes
     *     DISTRIBUTION_INFO (read) and DISTRIBUTION_MANAGE (purge)
     */
    public synchronized BuddySimulator rejectScope(String scope) {
        workspaces.rejectScope(scope);
        return this;
    }

    /** From now on a workspace's owner has switched the API off. */
    public synchronized BuddySimulator disableApi(String workspace) {
        workspaces.refuse(workspace, "API is disabled in this workspace");
        return this;
    }

    /** From now on a workspace is not active, because it is not paid for, say. */
    public synchronized BuddySimulator deactivate(String workspace) {
        workspaces.refuse(workspace, "Only active workspaces have access to API");
        return this;
    }

    /** Answers 429 to whatever comes after a number of requests, until the window that the first opened has ended. */
    public synchronized BuddySimulator limitRate(int requests, Duration window) {
        rate = new SimFixedWindow(requests, window);
        return this;
    }

    /** How often a pipeline's cache was cleared, by itself or when an execution was started. */
    public synchronized int cacheCleared(String workspace, String project, int pipelineId) {
        return workspaces.pipeline(workspace, project, pipelineId).cacheCleared();
    }

    /** How often a request started an execution that was there already: RUN_DELAYED or RETRY that took effect. */
    public synchronized int executionStarts(String workspace, String project, int pipelineId, int executionId) {
        return workspaces.execution(workspace, project, pipelineId, executionId).runs();
    }

    /** How often a request to cancel an execution took effect. */
    public synchronized int executionCancels(String workspace, String project, int pipelineId, int executionId) {
        return workspaces.execution(workspace, project, pipelineId, executionId).cancellations();
    }

    /** An execution's present status. */
    public synchronized String executionStatus(String workspace, String project, int pipelineId, int executionId) {
        return workspaces.execution(workspace, project, pipelineId, executionId).status(clock.instant());
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        if (!isAuthenticated(request)) {
            return BuddyErrorResponses.error(401, "Wrong authentication data");
        }
        boolean allowed = rate.take(clock.instant());
        SimResponse answer = allowed ? answer(request) : BuddyErrorResponses.error(429, "Rate limit exceeded");
        return answer.withHeader("X-Rate-Limit-Limit", Integer.toString(rate.limit()))
                .withHeader("X-Rate-Limit-Remaining", Integer.toString(rate.remaining()))
                .withHeader("X-Rate-Limit-Reset", Long.toString(rate.end().getEpochSecond()));
    }

    private boolean isAuthenticated(SimRequest request) {
        return request.header("Authorization")
                .map(value -> value.equals("Bearer " + token))
                .orElseGet(() ->
                        request.query("access_token").filter(token::equals).isPresent());
    }

    private SimResponse answer(SimRequest request) {
        if (request.header("X-Buddy-Media-Type")
                .filter(type -> !MEDIA_TYPES.contains(type))
                .isPresent()) {
            return BuddyErrorResponses.error(400, "Unknown X-Buddy-Media-Type");
        }
        try {
            return router.route(
                    request,
                    () -> BuddyErrorResponses.error(404, "Not found"),
                    () -> BuddyErrorResponses.error(405, "Method not allowed"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse listPipelines(SimRequest request, Map<String, String> path) {
        List<SimBuddyPipeline> found = workspaces.permitted("EXECUTION_INFO", path);
        Comparator<SimBuddyPipeline> order =
                BuddyArguments.choice(request, "sort_by", "name", "id").equals("id")
                        ? Comparator.comparing(SimBuddyPipeline::id)
                        : Comparator.comparing(SimBuddyPipeline::name);
        boolean ascending =
                BuddyArguments.choice(request, "sort_direction", "ASC", "DESC").equals("ASC");
        List<SimBuddyPipeline> sorted =
                found.stream().sorted(ascending ? order : order.reversed()).toList();
        List<SimBuddyPipeline> page = BuddyArguments.paging(request).of(sorted);
        return SimResponse.json(
                200, BuddyViews.pipelines(path.get("workspace"), path.get("project"), page, clock.instant()));
    }

    private SimResponse getPipeline(Map<String, String> path) {
        return SimResponse.json(
                200, BuddyViews.pipeline(workspaces.permittedPipeline("EXECUTION_INFO", path), clock.instant()));
    }

    private SimResponse patchPipeline(SimRequest request, Map<String, String> path) {
        SimBuddyPipeline pipeline = workspaces.permittedPipeline("EXECUTION_MANAGE", path);
        if (BuddyArguments.clearCache(request)) {
            pipeline.clearCache();
        }
        return SimResponse.json(201, BuddyViews.pipeline(pipeline, clock.instant()));
    }

    private SimResponse listExecutions(SimRequest request, Map<String, String> path) {
        SimBuddyPipeline pipeline = workspaces.permittedPipeline("EXECUTION_INFO", path);
        return SimResponse.json(200, BuddyViews.executions(pipeline, BuddyArguments.paging(request), clock.instant()));
    }

    private SimResponse runPipeline(SimRequest request, Map<String, String> path) {
        SimBuddyPipeline pipeline = workspaces.permittedPipeline("EXECUTION_RUN", path);
        ObjectNode run = BuddyArguments.run(request);
        int id = pipeline.nextExecutionId();
        String comment = run.path("comment").asText();
        SimBuddyExecution execution = BuddyArguments.delayUntil(run)
                .map(until -> SimBuddyExecution.delayed(id, comment, until, script))
                .orElseGet(() -> SimBuddyExecution.started(id, comment, clock.instant(), script));
        pipeline.add(execution);
        if (run.path("clear_cache").booleanValue()) {
            pipeline.clearCache();
        }
        return SimResponse.json(200, BuddyViews.execution(pipeline, execution, clock.instant()));
    }

    private SimResponse getExecution(Map<String, String> path) {
        SimBuddyPipeline pipeline = workspaces.permittedPipeline("EXECUTION_INFO", path);
        return SimResponse.json(
                200, BuddyViews.execution(pipeline, workspaces.execution(pipeline, path), clock.instant()));
    }

    private SimResponse getRoute(SimRequest request, Map<String, String> path) {
        workspaces.permit("DISTRIBUTION_INFO", path);
        return routes.show(request, path);
    }

    private SimResponse purgeRoute(SimRequest request, Map<String, String> path) {
        workspaces.permit("DISTRIBUTION_MANAGE", path);
        return routes.purge(request, path);
    }

    private SimResponse patchExecution(SimRequest request, Map<String, String> path) {
        SimBuddyPipeline pipeline = workspaces.permittedPipeline("EXECUTION_RUN", path);
        SimBuddyExecution execution = workspaces.execution(pipeline, path);
        String operation = BuddyArguments.operation(request);
        Instant now = clock.instant();
        if (operation.equals("RUN_DELAYED") && execution.isWaiting(now)
                || operation.equals("RETRY") && execution.isFinished(now)) {
            execution.run(now, script);
        } else if (operation.equals("CANCEL") && !execution.isFinished(now)) {
            execution.cancel(now, cancelTime);
        } else {
            return BuddyErrorResponses.error(
                    400, operation + " is not possible: the execution is " + execution.status(now));
        }
        return SimResponse.json(200, BuddyViews.execution(pipeline, execution, now));
    }
}
