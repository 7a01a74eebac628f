package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A pipeline's deployment and storage. Changes that take time are due at an instant, and happen when the pipeline is
 * next looked at: {@link #settle(Instant)} comes before anything else. Not thread safe.
 */
final class SimFelderaPipeline {

    static final Set<String> STORAGE_STATUSES = Set.of("Cleared", "InUse", "Clearing");
    static final Set<String> DEPLOYMENT_STATUSES = Set.of(
            "Stopped",
            "Provisioning",
            "Unavailable",
            "Coordination",
            "Standby",
            "AwaitingApproval",
            "Initializing",
            "Bootstrapping",
            "ConcurrentBootstrapping",
            "Synchronizing",
            "Replaying",
            "Paused",
            "Running",
            "Suspended",
            "Stopping");
    static final Set<String> DESIRED_STATUSES =
            Set.of("Stopped", "Unavailable", "Standby", "Paused", "Running", "Suspended");

    private static final String STOPPED = "Stopped";
    private static final Set<String> UNPROVISIONED = Set.of(STOPPED, "Provisioning", "Stopping");

    private record Due(Instant at, String status) {}

    /** It was there before anybody looked. */
    private static final Duration AGE = Duration.ofHours(1);

    private final UUID id = UUID.randomUUID();
    private final String name;
    private final Instant created;
    private String storage;
    private String deployment;
    private String desired;
    private Instant deploymentSince;
    private Instant desiredSince;
    private Optional<Due> storageDue = Optional.empty();
    private Optional<Due> deploymentDue = Optional.empty();
    private Optional<ObjectNode> deploymentError = Optional.empty();
    private int clears;
    private int stops;

    SimFelderaPipeline(String name, String storage, String deployment, String desired, Instant now) {
        this.name = name;
        this.storage = storage;
        this.deployment = deployment;
        this.desired = desired;
        this.created = now;
        this.deploymentSince = now.minus(AGE);
        this.desiredSince = now.minus(AGE);
    }

    String name() {
        return name;
    }

    String storage() {
        return storage;
    }

    String deployment() {
        return deployment;
    }

    boolean hasDeploymentError() {
        return deploymentError.isPresent();
    }

    /** How often storage began to be cleared. */
    int clears() {
        return clears;
    }

    /** How often a stop changed what is desired. */
    int stops() {
        return stops;
    }

    boolean isStopped() {
        return deployment.equals(STOPPED);
    }

    boolean isToBeStopped() {
        return desired.equals(STOPPED);
    }

    String resources() {
        return UNPROVISIONED.contains(deployment) ? deployment : "Provisioned";
    }

    String desiredResources() {
        return isToBeStopped() ? STOPPED : "Provisioned";
    }

    void settle(Instant now) {
        storageDue.filter(due -> !now.isBefore(due.at())).ifPresent(due -> {
            storage = due.status();
            storageDue = Optional.empty();
        });
        deploymentDue.filter(due -> !now.isBefore(due.at())).ifPresent(due -> {
            deployment = due.status();
            deploymentSince = due.at();
            deploymentDue = Optional.empty();
        });
    }

    /** Starts to clear the storage; without a time it never ends. */
    void clear(Instant now, Optional<Duration> takes) {
        storage = "Clearing";
        storageDue = takes.map(time -> new Due(now.plus(time), "Cleared"));
        clears++;
        settle(now);
    }

    void stop(Instant now, Duration takes) {
        if (!isToBeStopped()) {
            desire(STOPPED, now);
            stops++;
            wind(now, takes);
        }
    }

    /** Lets the deployment come to its end, without counting it as a stop that was asked for. */
    void wind(Instant now, Duration takes) {
        if (!isStopped()) {
            deploy("Stopping", now, new Due(now.plus(takes), STOPPED));
        }
    }

    void dismissError() {
        deploymentError = Optional.empty();
    }

    void start(Instant now, Duration takes, String initial) {
        dismissError();
        if (isToBeStopped()) {
            desire(initial, now);
            storage = "InUse";
            deploy("Provisioning", now, new Due(now.plus(takes), initial));
        }
    }

    /** The deployment has failed, and was stopped because of that. */
    void fail(Instant now, String code, String message) {
        deploymentError = Optional.of(FelderaErrorResponses.body(code, message, Map.of()));
        desire(STOPPED, now);
        deploy(STOPPED, now, new Due(now, STOPPED));
    }

    /** The fields that the selector {@code status} gives. */
    ObjectNode toJson() {
        Optional<String> runtime = Optional.of(deployment).filter(status -> !UNPROVISIONED.contains(status));
        Optional<String> desiredRuntime = runtime.map(status -> desired).filter(status -> !isToBeStopped());
        ObjectNode json =
                SimJson.object().put("id", id.toString()).put("name", name).put("description", "");
        json.putArray("tags");
        json.put("created_at", SimJson.time(created))
                .put("version", 1)
                .put("platform_version", "0.337.0")
                .put("program_version", 1)
                .put("program_status", "Success")
                .put("program_status_since", SimJson.time(created));
        json.set("deployment_error", deploymentError.orElse(null));
        return json.put("refresh_version", 1)
                .put("storage_status", storage)
                .putNull("storage_status_details")
                .put("deployment_id", isStopped() ? null : id.toString())
                .put("deployment_initial", isToBeStopped() ? null : desired)
                .put("deployment_status", deployment)
                .put("deployment_status_since", SimJson.time(deploymentSince))
                .put("deployment_desired_status", desired)
                .put("deployment_desired_status_since", SimJson.time(desiredSince))
                .put("deployment_resources_status", resources())
                .put("deployment_resources_status_since", SimJson.time(deploymentSince))
                .put("deployment_resources_desired_status", desiredResources())
                .put("deployment_resources_desired_status_since", SimJson.time(desiredSince))
                .put("deployment_runtime_status", runtime.orElse(null))
                .putNull("deployment_runtime_status_details")
                .put(
                        "deployment_runtime_status_since",
                        runtime.map(status -> SimJson.time(deploymentSince)).orElse(null))
                .put("deployment_runtime_desired_status", desiredRuntime.orElse(null))
                .put(
                        "deployment_runtime_desired_status_since",
                        desiredRuntime.map(status -> SimJson.time(desiredSince)).orElse(null));
    }

    /** All fields. */
    ObjectNode toFullJson() {
        ObjectNode json = toJson();
        json.putObject("runtime_config").put("workers", 8).putNull("resources");
        json.put("program_code", "CREATE TABLE orders (id INT);")
                .put("udf_rust", "")
                .put("udf_toml", "");
        json.putObject("program_config").put("profile", "optimized").put("cache", true);
        json.putObject("program_error")
                .putNull("sql_compilation")
                .putNull("rust_compilation")
                .putNull("system_error");
        return json.putNull("program_info").putNull("deployment_resources_status_details");
    }

    private void desire(String status, Instant now) {
        desired = status;
        desiredSince = now;
    }

    private void deploy(String status, Instant now, Due due) {
        deployment = status;
        deploymentSince = now;
        deploymentDue = Optional.of(due);
        settle(now);
    }
}
