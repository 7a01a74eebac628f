package io.jenkins.plugins.cachepurge.simulator;

import static io.jenkins.plugins.cachepurge.simulator.ScalewayErrors.invalidArgument;

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
    private final List<ScalewayPurge> purges = new ArrayList<>();
    private final Queue<String> nextFinalStatuses = new ArrayDeque<>();
    private final Set<String> deniedActions = new HashSet<>();
    private Duration purgeTime = Duration.ofSeconds(2);
    private String finalStatus = "done";
    private int assetLimit = 5;
    private boolean keyExpired;
    private Optional<RateWindow> rate = Optional.empty();

    /**
     * A service without pipelines. A purge takes two seconds and ends with {@code done}.
     *
     * @param secretKey the key it accepts, a UUID
     */
    public ScalewaySimulator(InstantSource clock, String secretKey) {
        if (!Uuids.isUuid(secretKey)) {
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
        rate = Optional.of(new RateWindow(quota, window));
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
    public synchronized ScalewayPurge addPurge(
            String pipelineId, List<String> assets, Instant createdAt, String status) {
        return add(pipelineId, assets, createdAt, createdAt, status);
    }

    /** All purges, in the order of their creation. */
    public synchronized List<ScalewayPurge> purgeRequests() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimAnswer handle(SimRequest request) {
        try {
            authenticate(request);
            limit();
            return router.route(
                    request,
                    () -> ScalewayErrors.message(404, "not found"),
                    () -> ScalewayErrors.message(405, "method not allowed"));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private void authenticate(SimRequest request) {
        String key = request.header("X-Auth-Token").orElse("");
        if (!Uuids.isUuid(key)) {
            throw new Refusal(ScalewayErrors.deniedAuthentication("invalid_argument"));
        }
        if (!key.equals(secretKey)) {
            throw new Refusal(ScalewayErrors.deniedAuthentication("not_found"));
        }
        if (keyExpired) {
            throw new Refusal(ScalewayErrors.deniedAuthentication("expired"));
        }
    }

    private void limit() {
        Instant now = clock.instant();
        rate.filter(window -> !window.take(now)).ifPresent(window -> {
            throw new Refusal(ScalewayErrors.tooManyRequests(
                    window.limit(), window.length(), window.secondsLeft(now), Optional.of(window.end())));
        });
    }

    private void permit(String action) {
        if (deniedActions.contains(action)) {
            throw new Refusal(ScalewayErrors.permissionsDenied(RESOURCE, action));
        }
    }

    private SimAnswer create(SimRequest request) {
        permit("write");
        ScalewayArguments.Purge wanted = ScalewayArguments.purge(request, assetLimit);
        if (!pipelines.containsKey(wanted.pipelineId())) {
            return ScalewayErrors.notFound("pipeline", wanted.pipelineId());
        }
        Instant now = clock.instant();
        String status = Optional.ofNullable(nextFinalStatuses.poll()).orElse(finalStatus);
        ScalewayPurge purge = add(wanted.pipelineId(), wanted.assets(), now, now.plus(purgeTime), status);
        return SimAnswer.json(200, purge.toJson(now));
    }

    private ScalewayPurge add(String pipelineId, List<String> assets, Instant created, Instant ends, String status) {
        String id = UUID.randomUUID().toString();
        ScalewayPurge purge = new ScalewayPurge(id, pipelineId, assets, assets.isEmpty(), created, ends, status);
        purges.add(purge);
        return purge;
    }

    private SimAnswer get(SimRequest request, String id) {
        permit("read");
        ScalewayArguments.onlyQuery(request, Set.of());
        if (!Uuids.isUuid(id)) {
            return invalidArgument("purge_request_id", "format", "must be a UUID");
        }
        return purges.stream()
                .filter(purge -> purge.id().equals(id))
                .findFirst()
                .map(purge -> SimAnswer.json(200, purge.toJson(clock.instant())))
                .orElseGet(() -> ScalewayErrors.notFound(RESOURCE, id));
    }

    private SimAnswer list(SimRequest request) {
        permit("read");
        ScalewayArguments.Listing listing = ScalewayArguments.listing(request);
        List<ScalewayPurge> found = new ArrayList<>(
                purges.stream().filter(purge -> isWanted(purge, listing)).toList());
        found.sort(Comparator.comparing(ScalewayPurge::createdAt));
        if (listing.newestFirst()) {
            // Not a reversed comparator: of two created at the same time the later one must come first, too.
            Collections.reverse(found);
        }
        ObjectNode body = Json.object().put("total_count", found.size());
        ArrayNode page = body.putArray("purge_requests");
        listing.paging().of(found).forEach(purge -> page.add(purge.toJson(clock.instant())));
        return SimAnswer.json(200, body);
    }

    private boolean isWanted(ScalewayPurge purge, ScalewayArguments.Listing listing) {
        Optional<Owner> owner = Optional.ofNullable(pipelines.get(purge.pipelineId()));
        return listing.pipelineId().filter(id -> !id.equals(purge.pipelineId())).isEmpty()
                && isOwnedBy(listing.projectId(), owner.map(Owner::projectId))
                && isOwnedBy(listing.organizationId(), owner.map(Owner::organizationId));
    }

    private static boolean isOwnedBy(Optional<String> wanted, Optional<String> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }
}
