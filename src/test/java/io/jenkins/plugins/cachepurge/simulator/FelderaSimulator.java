package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Feldera's pipeline manager, as far as starting, stopping, watching and clearing pipelines goes.
 *
 * <p>Follows the source of version 0.337.0: clearing storage that is cleared, or being cleared, is accepted and does
 * nothing; otherwise the pipeline must be stopped, and desired to be. A stop without {@code force=true} needs the
 * enterprise edition. Bodies of POST requests and unknown query parameters are ignored, as is {@code Feldera-Tenant}
 * when there is an API key. Both a wrong path and a wrong method get 404 without a body.
 */
public final class FelderaSimulator implements SimService {

    private static final String PIPELINE = "/v0/pipelines/{name}";
    private static final Map<String, String> INITIAL =
            Map.of("running", "Running", "paused", "Paused", "standby", "Standby");

    private final InstantSource clock;
    private final FelderaAccess access;
    private final Router router = new Router()
            .on("GET", "/v0/config", (request, path) -> config())
            .on("GET", "/v0/pipelines", (request, path) -> list(request))
            .on("GET", PIPELINE, this::get)
            .on("POST", PIPELINE + "/clear", (request, path) -> clear(path))
            .on("POST", PIPELINE + "/stop", this::stop)
            .on("POST", PIPELINE + "/start", this::start)
            .on("POST", PIPELINE + "/dismiss_error", (request, path) -> dismissError(path));
    private final Map<String, SimFelderaPipeline> pipelines = new LinkedHashMap<>();
    private Optional<Duration> clearingTime = Optional.of(Duration.ofSeconds(1));
    private Duration stoppingTime = Duration.ofSeconds(1);
    private Duration startingTime = Duration.ofSeconds(1);
    private boolean community = true;

    /**
     * A community edition without pipelines. Clearing, stopping and starting take a second each.
     *
     * @param apiKey the key it accepts, which starts with {@code apikey:}; without a key, whoever asks is let in
     */
    public FelderaSimulator(InstantSource clock, Optional<String> apiKey) {
        this.clock = clock;
        this.access = new FelderaAccess(apiKey);
    }

    @Override
    public String name() {
        return "Feldera";
    }

    /** Adds a pipeline that is desired to be stopped if it is stopped or stopping, else to run. */
    public FelderaSimulator addPipeline(String name, String storageStatus, String deploymentStatus) {
        String desired = Set.of("Stopped", "Stopping").contains(deploymentStatus) ? "Stopped" : "Running";
        return addPipeline(name, storageStatus, deploymentStatus, desired);
    }

    /** Adds a pipeline. One that is Stopped and desired to be Running is about to start, and stays so. */
    public synchronized FelderaSimulator addPipeline(
            String name, String storageStatus, String deploymentStatus, String desiredStatus) {
        requireWord(SimFelderaPipeline.STORAGE_STATUSES, storageStatus);
        requireWord(SimFelderaPipeline.DEPLOYMENT_STATUSES, deploymentStatus);
        requireWord(SimFelderaPipeline.DESIRED_STATUSES, desiredStatus);
        Instant now = clock.instant();
        SimFelderaPipeline pipeline = new SimFelderaPipeline(name, storageStatus, deploymentStatus, desiredStatus, now);
        if (storageStatus.equals("Clearing")) {
            pipeline.clear(now, clearingTime);
        }
        if (deploymentStatus.equals("Stopping")) {
            pipeline.wind(now, stoppingTime);
        }
        pipelines.put(name, pipeline);
        return this;
    }

    /** How long clearing takes from now on. */
    public synchronized FelderaSimulator clearingTakes(Duration time) {
        clearingTime = Optional.of(time);
        return this;
    }

    /** Clearing that begins from now on has no end, as when storage cannot be deleted. */
    public synchronized FelderaSimulator clearingNeverEnds() {
        clearingTime = Optional.empty();
        return this;
    }

    /** How long stopping takes from now on. */
    public synchronized FelderaSimulator stoppingTakes(Duration time) {
        stoppingTime = time;
        return this;
    }

    /** How long starting takes from now on. */
    public synchronized FelderaSimulator startingTakes(Duration time) {
        startingTime = time;
        return this;
    }

    /** Whether this is the community edition, which it is unless set. */
    public synchronized FelderaSimulator communityEdition(boolean is) {
        community = is;
        return this;
    }

    /** From now on the key may only read. */
    public synchronized FelderaSimulator readOnlyKey() {
        access.restrictToReading();
        return this;
    }

    /** A pipeline's deployment fails, which stops it and leaves an error. */
    public synchronized FelderaSimulator failDeployment(String name, String errorCode, String message) {
        arranged(name).fail(clock.instant(), errorCode, message);
        return this;
    }

    /** How often clearing a pipeline's storage took effect; asking for what is cleared already does not count. */
    public synchronized int clears(String name) {
        return arranged(name).clears();
    }

    /** How often stopping a pipeline took effect; asking for what is stopped already does not count. */
    public synchronized int stops(String name) {
        return arranged(name).stops();
    }

    /** A pipeline's present storage status. */
    public synchronized String storageStatus(String name) {
        return arranged(name).storage();
    }

    /** A pipeline's present deployment status. */
    public synchronized String deploymentStatus(String name) {
        return arranged(name).deployment();
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        Supplier<SimResponse> notFound = () -> SimResponse.empty(404);
        try {
            return access.refusal(request).orElseGet(() -> router.route(request, notFound, notFound));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse config() {
        ObjectNode body = SimJson.object()
                .put("edition", community ? "Open source" : "Enterprise")
                .put("version", "0.337.0")
                .put("revision", "0000000")
                .put("runtime_revision", "0000000")
                .put("changelog_url", "")
                .put("posthog", "")
                .put("conceptualhq", "")
                .put("product_fruits", "")
                .put("build_source", "source");
        body.putObject("build_info");
        return SimResponse.json(200, body);
    }

    private SimResponse list(SimRequest request) {
        Function<SimFelderaPipeline, ObjectNode> view = selected(request);
        Instant now = clock.instant();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        pipelines.values().forEach(pipeline -> {
            pipeline.settle(now);
            all.add(view.apply(pipeline));
        });
        return SimResponse.json(200, all);
    }

    private SimResponse get(SimRequest request, Map<String, String> path) {
        Function<SimFelderaPipeline, ObjectNode> view = selected(request);
        return SimResponse.json(200, view.apply(pipeline(path))).withHeader("Cache-Control", "no-cache");
    }

    private SimResponse clear(Map<String, String> path) {
        SimFelderaPipeline pipeline = pipeline(path);
        boolean inUse = pipeline.storage().equals("InUse");
        if (inUse && !(pipeline.isStopped() && pipeline.isToBeStopped())) {
            return FelderaErrorResponses.storageStatusImmutableUnlessStopped(
                    pipeline.resources(), pipeline.desiredResources(), pipeline.storage());
        }
        if (inUse) {
            pipeline.clear(clock.instant(), clearingTime);
        }
        return accepted("Pipeline storage is being cleared");
    }

    private SimResponse stop(SimRequest request, Map<String, String> path) {
        boolean force = flag(request, "force", false);
        if (!force && community) {
            // Before the pipeline is even looked for: the check is compiled in.
            return FelderaErrorResponses.enterpriseFeature("stop?force=false");
        }
        pipeline(path).stop(clock.instant(), stoppingTime);
        return accepted(force ? "Pipeline is forcefully stopping" : "Pipeline is suspending");
    }

    private SimResponse start(SimRequest request, Map<String, String> path) {
        boolean dismissError = flag(request, "dismiss_error", true);
        String initial = request.query("initial").orElse("running");
        if (!INITIAL.containsKey(initial)) {
            return FelderaErrorResponses.unsupportedInitialStatus(initial);
        }
        SimFelderaPipeline pipeline = pipeline(path);
        if (pipeline.isToBeStopped() && !pipeline.isStopped()) {
            return FelderaErrorResponses.cannotRestartWhileStopping(pipeline.resources());
        }
        if (pipeline.hasDeploymentError() && !dismissError) {
            return FelderaErrorResponses.cannotStartWithUndismissedError();
        }
        if (pipeline.storage().equals("Clearing")) {
            return FelderaErrorResponses.cannotStartWhileClearingStorage();
        }
        pipeline.start(clock.instant(), startingTime, INITIAL.get(initial));
        return accepted("Pipeline is starting");
    }

    private SimResponse dismissError(Map<String, String> path) {
        SimFelderaPipeline pipeline = pipeline(path);
        boolean stopped = pipeline.isStopped() && pipeline.isToBeStopped();
        if (pipeline.hasDeploymentError() && !stopped) {
            return FelderaErrorResponses.dismissErrorRestrictedToFullyStopped();
        }
        pipeline.dismissError();
        return SimResponse.json(200, "Pipeline deployment error has been dismissed");
    }

    private SimFelderaPipeline pipeline(Map<String, String> path) {
        String name = path.get("name");
        SimFelderaPipeline pipeline = Optional.ofNullable(pipelines.get(name))
                .orElseThrow(() -> new ErrorResponseException(FelderaErrorResponses.unknownPipelineName(name)));
        pipeline.settle(clock.instant());
        return pipeline;
    }

    private SimFelderaPipeline arranged(String name) {
        SimFelderaPipeline pipeline = Optional.ofNullable(pipelines.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no pipeline was added for this"));
        pipeline.settle(clock.instant());
        return pipeline;
    }

    private static Function<SimFelderaPipeline, ObjectNode> selected(SimRequest request) {
        String selector = request.query("selector").orElse("all");
        return switch (selector) {
            case "all" -> SimFelderaPipeline::toFullJson;
            case "status", "status_with_connectors" -> SimFelderaPipeline::toJson;
            default ->
                throw new ErrorResponseException(FelderaErrorResponses.unreadableQuery("unknown variant `" + selector
                        + "`, expected one of `all`, `status`, `status_with_connectors`"));
        };
    }

    private static boolean flag(SimRequest request, String name, boolean usual) {
        Optional<String> value = request.query(name);
        if (value.filter(text -> !Set.of("true", "false").contains(text)).isPresent()) {
            throw new ErrorResponseException(
                    FelderaErrorResponses.unreadableQuery("provided string was not `true` or `false`"));
        }
        return value.map("true"::equals).orElse(usual);
    }

    private static SimResponse accepted(String text) {
        // A JSON string, quotes included.
        return SimResponse.json(202, text);
    }

    private static void requireWord(Set<String> known, String word) {
        if (!known.contains(word)) {
            throw new IllegalArgumentException(word + " is none of " + known);
        }
    }
}
