package io.jenkins.plugins.cachepurge.simulator;

import static io.jenkins.plugins.cachepurge.simulator.ScalewayErrorResponses.invalidArgument;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/**
 * Scaleway Edge Services v1beta1, as far as purge requests go: create, get, list.
 *
 * <p>Follows the official clients: {@code X-Auth-Token} with a secret key, which is a UUID; exactly one of
 * {@code assets} and {@code all}; status {@code pending} until the purge has ended; errors with a {@code type}.
 * Assumed where nothing is published: at most 5 assets in a request (the console's limit), pages of 20 and at most 100
 * elements, unknown fields and query parameters refused, no limit to the rate unless set.
 */
public final class ScalewaySimulator implements SimService {

    private static final String BASE = "/edge-services/v1beta1/purge-requests";
    private static final String RESOURCE = "purge_request";

    private record Owner(String projectId, String organizationId) {}

    private final InstantSource clock;
    private final String secretKey;
    private final Router router = new Router()
            .on("POST", BASE, (request, path) -> create(request))
            .on("GET", BASE, (request, path) -> list(request))
            .on("GET", BASE + "/{id}", (request, path) -> get(request, path.get("id")));
    private final Map<String, Owner> pipelines = new LinkedHashMap<>();
    private final List<RecordedScalewayPurge> purges = new ArrayList<>();
    private final Queue<String> nextFinalStatuses = new ArrayDeque<>();
    private final Set<String> deniedActions = new HashSet<>();
    private Duration purgeTime = Duration.ofSeconds(2);
    private String finalStatus = "done";
    private int assetLimit = 5;
    private boolean keyExpired;
    private Optional<SimFixedWindow> rate = Optional.empty();

    /**
     * A service without pipelines. A purge takes two seconds and ends with {@code done}.
     *
     * @param secretKey the key it accepts, a UUID
     */
    public ScalewaySimulator(InstantSource clock, String secretKey) {
        if (!UuidFormat.isUuid(secretKey)) {
            throw new IllegalArgumentException("a secret key is a UUID");
        }
        this.clock = clock;
        this.secretKey = secretKey;
    }

    @Override
    public String name() {
        return "Scaleway";
    }

    /** Adds a pipeline in a project and an organization of its own. */
    public ScalewaySimulator addPipeline(String pipelineId) {
        return addPipeline(
                pipelineId, UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }

    /** Adds a pipeline; all three are UUIDs. */
    public synchronized ScalewaySimulator addPipeline(String pipelineId, String projectId, String organizationId) {
        pipelines.put(pipelineId, new Owner(projectId, organizationId));
        return this;
    }

    /** How long purges created from now on are {@code pending}, and what they are afterwards. */
    public synchronized ScalewaySimulator purgeTakes(Duration time, String status) {
        purgeTime = time;
        finalStatus = status;
        return this;
    }

    /** How the next created purges end, one word each; then as said in {@link #purgeTakes}. */
    public synchronized ScalewaySimulator nextFinalStatuses(String... statuses) {
        nextFinalStatuses.addAll(List.of(statuses));
        return this;
    }

    /** How many assets one request may name. */
    public synchronized ScalewaySimulator assetLimit(int limit) {
        assetLimit = limit;
        return this;
    }

    /** Answers 429 to whatever comes after a number of requests, until the window that the first opened has ended. */
    public synchronized ScalewaySimulator limitRate(int quota, Duration window) {
        rate = Optional.of(new SimFixedWindow(quota, window));
        return this;
    }

    /** From now on the key may not do this: {@code read} or {@code write}. */
    public synchronized ScalewaySimulator denyPermission(String action) {
        deniedActions.add(action);
        return this;
    }

    /** From now on the key is known, but expired. */
    public synchronized ScalewaySimulator expireKey() {
        keyExpired = true;
        return this;
    }

    /** Adds an ended purge to the history; without assets it was one of everything. */
    public synchronized RecordedScalewayPurge addPurge(
            String pipelineId, List<String> assets, Instant createdAt, String status) {
        return add(pipelineId, assets, createdAt, createdAt, status);
    }

    /** All purges, in the order of their creation. */
    public synchronized List<RecordedScalewayPurge> purgeRequests() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        try {
            authenticate(request);
            limit();
            return router.route(
                    request,
                    () -> ScalewayErrorResponses.message(404, "not found"),
                    () -> ScalewayErrorResponses.message(405, "method not allowed"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private void authenticate(SimRequest request) {
        String key = request.header("X-Auth-Token").orElse("");
        if (!UuidFormat.isUuid(key)) {
            throw new ErrorResponseException(ScalewayErrorResponses.deniedAuthentication("invalid_argument"));
        }
        if (!key.equals(secretKey)) {
            throw new ErrorResponseException(ScalewayErrorResponses.deniedAuthentication("not_found"));
        }
        if (keyExpired) {
            throw new ErrorResponseException(ScalewayErrorResponses.deniedAuthentication("expired"));
        }
    }

    private void limit() {
        Instant now = clock.instant();
        rate.filter(window -> !window.take(now)).ifPresent(window -> {
            throw new ErrorResponseException(ScalewayErrorResponses.tooManyRequests(
                    window.limit(), window.length(), window.secondsLeft(now), Optional.of(window.end())));
        });
    }

    private void permit(String action) {
        if (deniedActions.contains(action)) {
            throw new ErrorResponseException(ScalewayErrorResponses.permissionsDenied(RESOURCE, action));
        }
    }

    private SimResponse create(SimRequest request) {
        permit("write");
        ScalewayArguments.Purge wanted = ScalewayArguments.purge(request, assetLimit);
        if (!pipelines.containsKey(wanted.pipelineId())) {
            return ScalewayErrorResponses.notFound("pipeline", wanted.pipelineId());
        }
        Instant now = clock.instant();
        String status = Optional.ofNullable(nextFinalStatuses.poll()).orElse(finalStatus);
        RecordedScalewayPurge purge = add(wanted.pipelineId(), wanted.assets(), now, now.plus(purgeTime), status);
        return SimResponse.json(200, purge.toJson(now));
    }

    private RecordedScalewayPurge add(
            String pipelineId, List<String> assets, Instant created, Instant ends, String status) {
        String id = UUID.randomUUID().toString();
        RecordedScalewayPurge purge =
                new RecordedScalewayPurge(id, pipelineId, assets, assets.isEmpty(), created, ends, status);
        purges.add(purge);
        return purge;
    }

    private SimResponse get(SimRequest request, String id) {
        permit("read");
        ScalewayArguments.onlyQuery(request, Set.of());
        if (!UuidFormat.isUuid(id)) {
            return invalidArgument("purge_request_id", "format", "must be a UUID");
        }
        return purges.stream()
                .filter(purge -> purge.id().equals(id))
                .findFirst()
                .map(purge -> SimResponse.json(200, purge.toJson(clock.instant())))
                .orElseGet(() -> ScalewayErrorResponses.notFound(RESOURCE, id));
    }

    private SimResponse list(SimRequest request) {
        permit("read");
        ScalewayArguments.Listing listing = ScalewayArguments.listing(request);
        List<RecordedScalewayPurge> found = new ArrayList<>(
                purges.stream().filter(purge -> isWanted(purge, listing)).toList());
        found.sort(Comparator.comparing(RecordedScalewayPurge::createdAt));
        if (listing.newestFirst()) {
            // Not a reversed comparator: of two created at the same time the later one must come first, too.
            Collections.reverse(found);
        }
        ObjectNode body = SimJson.object().put("total_count", found.size());
        ArrayNode page = body.putArray("purge_requests");
        listing.paging().of(found).forEach(purge -> page.add(purge.toJson(clock.instant())));
        return SimResponse.json(200, body);
    }

    private boolean isWanted(RecordedScalewayPurge purge, ScalewayArguments.Listing listing) {
        Optional<Owner> owner = Optional.ofNullable(pipelines.get(purge.pipelineId()));
        return listing.pipelineId().filter(id -> !id.equals(purge.pipelineId())).isEmpty()
                && isOwnedBy(listing.projectId(), owner.map(Owner::projectId))
                && isOwnedBy(listing.organizationId(), owner.map(Owner::organizationId));
    }

    private static boolean isOwnedBy(Optional<String> wanted, Optional<String> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }
}
