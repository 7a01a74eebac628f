package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Amazon CloudFront's invalidations, of distributions and of distribution tenants: create, get, list.
 *
 * <p>Follows AWS' API model: signatures are recomputed; the body is checked against the model; the same caller reference
 * gives the earlier invalidation, or is refused with other paths; 3,000 paths and 15 wildcards may be in progress; the list is
 * the newest first and tells no paths. Assumed where nothing is published: pages of at most 100, tags count as paths,
 * {@code InvalidationBatchAlreadyExists} with HTTP 400.
 */
public final class CloudFrontSimulator implements SimService {

    /** The distribution that the simulator has when it runs by itself; it has tags. */
    public static final String DEMO_DISTRIBUTION = "EDFDVBD6EXAMPLE";

    /** The distribution tenant that it then has. */
    public static final String DEMO_TENANT = "dt_2wjMUbg3NHZEQ7OfoalP5zi1AB";

    static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private static final String BASE = "/2020-05-31/";
    private static final int MAX_PATHS = 3_000;
    private static final int MAX_WILDCARDS = 15;
    private static final int MAX_PAGE = 100;
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^*]]{0,3998}\\*?");
    private static final Pattern TAG = Pattern.compile("#[\\x21-\\x7e&&[^*,]]{1,256}");

    private final InstantSource clock;
    private final SimAwsAccount account;
    private final SigV4Verifier signatures;
    private final Router router = new Router();
    private final Set<String> distributions = new LinkedHashSet<>();
    private final Set<String> tenants = new LinkedHashSet<>();
    private final Set<String> tagged = new LinkedHashSet<>();
    private final List<RecordedInvalidation> invalidations = new ArrayList<>();
    private Duration time = Duration.ofSeconds(10);

    /** A service without distributions; an invalidation takes ten seconds. */
    public CloudFrontSimulator(InstantSource clock, SimAwsAccount account) {
        this(clock, account, "us-east-1");
    }

    /** The service of a partition. */
    public CloudFrontSimulator(InstantSource clock, SimAwsAccount account, String region) {
        this.clock = clock;
        this.account = account;
        this.signatures = new SigV4Verifier(clock, account, NAMESPACE, region, "cloudfront");
        for (String type : List.of("distribution", "distribution-tenant")) {
            String base = BASE + type + "/{id}/invalidation";
            router.on("POST", base, (request, path) -> create(type, path.get("id"), request))
                    .on("GET", base, (request, path) -> list(type, path.get("id"), request))
                    .on("GET", base + "/{invalidation}", (request, path) -> get(type, path));
        }
    }

    /** What runs by itself: one distribution with tags, and one tenant. */
    public static CloudFrontSimulator demo(InstantSource clock, SimAwsAccount account) {
        return new CloudFrontSimulator(clock, account)
                .addDistribution(DEMO_DISTRIBUTION, true)
                .addTenant(DEMO_TENANT);
    }

    @Override
    public String name() {
        return "CloudFront";
    }

    /** @param tags whether it has a cache tag header */
    public synchronized CloudFrontSimulator addDistribution(String id, boolean tags) {
        distributions.add(id);
        if (tags) {
            tagged.add(id);
        }
        return this;
    }

    /** Adds a distribution tenant, whose distribution has tags. */
    public synchronized CloudFrontSimulator addTenant(String id) {
        tenants.add(id);
        tagged.add(id);
        return this;
    }

    /** How long invalidations that are created from now on take. */
    public synchronized CloudFrontSimulator invalidationTakes(Duration duration) {
        time = duration;
        return this;
    }

    /** All invalidations are completed now. */
    public synchronized CloudFrontSimulator complete() {
        invalidations.replaceAll(each -> each.endingAt(clock.instant()));
        return this;
    }

    /** Adds an invalidation of another client. */
    public synchronized RecordedInvalidation addInvalidation(
            String target, List<String> items, Instant created, Instant ends) {
        String reference = "other-" + invalidations.size();
        RecordedInvalidation added = new RecordedInvalidation(nextId(), target, reference, items, created, ends);
        invalidations.add(added);
        return added;
    }

    /** All invalidations, in the order of their creation. */
    public synchronized List<RecordedInvalidation> invalidations() {
        return List.copyOf(invalidations);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        try {
            SimAwsAccount.Principal caller = signatures.verify(request);
            permit(request, caller);
            return router.route(
                    request,
                    () -> AwsErrorResponses.response(NAMESPACE, 404, "NoSuchResource", "not found"),
                    () -> AwsErrorResponses.response(NAMESPACE, 405, "MethodNotAllowed", "method not allowed"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private void permit(SimRequest request, SimAwsAccount.Principal caller) {
        String action = "cloudfront:"
                + (request.method().equals("POST")
                        ? "CreateInvalidation"
                        : request.path().endsWith("/invalidation") ? "ListInvalidations" : "GetInvalidation");
        if (!account.mayDo(action)) {
            throw refusal(
                    403,
                    "AccessDenied",
                    "User: %s is not authorized to perform: %s on resource: arn:aws:cloudfront::%s:distribution/x because no identity-based policy allows the %s action"
                            .formatted(caller.arn(), action, SimAwsAccount.ACCOUNT_ID, action));
        }
    }

    private static ErrorResponseException refusal(int status, String code, String message) {
        return AwsErrorResponses.refusal(NAMESPACE, status, code, message);
    }

    private void checkTarget(String type, String id) {
        if (type.equals("distribution") && !distributions.contains(id)) {
            throw refusal(404, "NoSuchDistribution", "The specified distribution does not exist.");
        }
        if (type.equals("distribution-tenant") && !tenants.contains(id)) {
            throw refusal(404, "EntityNotFound", "The specified distribution tenant does not exist.");
        }
    }

    private SimResponse create(String type, String target, SimRequest request) {
        InvalidationBatchReader batch = InvalidationBatchReader.read(request);
        checkTarget(type, target);
        batch.items().forEach(item -> checkItem(target, item));
        Optional<RecordedInvalidation> earlier = invalidations.stream()
                .filter(each -> each.target().equals(target) && each.reference().equals(batch.reference()))
                .findFirst();
        if (earlier.isPresent() && !earlier.get().items().equals(batch.items())) {
            throw refusal(
                    400,
                    "InvalidationBatchAlreadyExists",
                    "An invalidation with this caller reference exists, with other paths.");
        }
        Instant now = clock.instant();
        RecordedInvalidation invalidation = earlier.orElseGet(() -> add(target, batch, now));
        return AwsErrorResponses.xml(201, invalidation.toXml(now))
                .withHeader("Location", "https://cloudfront.amazonaws.com" + request.path() + "/" + invalidation.id());
    }

    private RecordedInvalidation add(String target, InvalidationBatchReader batch, Instant now) {
        List<RecordedInvalidation> running = invalidations.stream()
                .filter(each -> each.target().equals(target) && each.isInProgress(now))
                .toList();
        int paths = running.stream().mapToInt(each -> each.items().size()).sum()
                + batch.items().size();
        long wildcards = running.stream()
                        .mapToLong(RecordedInvalidation::wildcards)
                        .sum()
                + batch.items().stream().filter(item -> item.endsWith("*")).count();
        if (paths > MAX_PATHS || wildcards > MAX_WILDCARDS) {
            throw refusal(
                    400,
                    "TooManyInvalidationsInProgress",
                    "Processing your request will cause you to exceed the maximum number of in-progress %s."
                            .formatted(paths > MAX_PATHS ? "invalidations" : "wildcard invalidations"));
        }
        RecordedInvalidation added = new RecordedInvalidation(
                nextId(), target, batch.reference(), batch.items(), now.truncatedTo(ChronoUnit.MILLIS), now.plus(time));
        invalidations.add(added);
        return added;
    }

    private String nextId() {
        return "I%013X".formatted(0x2A3B4C5D6EL + 7919L * invalidations.size()).toUpperCase(Locale.ROOT);
    }

    private void checkItem(String target, String item) {
        boolean valid = item.startsWith("#")
                ? TAG.matcher(item).matches()
                : PATH.matcher(item).matches();
        if (!valid) {
            throw refusal(400, "InvalidArgument", "Your request contains one or more invalid invalidation paths.");
        }
        if (item.startsWith("#") && !tagged.contains(target)) {
            throw refusal(400, "InvalidArgument", "The distribution has no cache tag configuration.");
        }
    }

    private SimResponse get(String type, Map<String, String> path) {
        checkTarget(type, path.get("id"));
        return invalidations.stream()
                .filter(each ->
                        each.target().equals(path.get("id")) && each.id().equals(path.get("invalidation")))
                .findFirst()
                .map(found -> AwsErrorResponses.xml(200, found.toXml(clock.instant())))
                .orElseThrow(() -> refusal(404, "NoSuchInvalidation", "The specified invalidation does not exist."));
    }

    private SimResponse list(String type, String target, SimRequest request) {
        checkTarget(type, target);
        int size = request.query("MaxItems").map(CloudFrontSimulator::pageSize).orElse(MAX_PAGE);
        List<RecordedInvalidation> all = new ArrayList<>(invalidations.stream()
                .filter(each -> each.target().equals(target))
                .toList());
        Collections.reverse(all);
        int start = request.query("Marker").map(marker -> after(all, marker)).orElse(0);
        List<RecordedInvalidation> page = all.subList(start, Math.min(all.size(), start + size));
        boolean truncated = start + size < all.size();
        Instant now = clock.instant();
        String items = page.stream().map(each -> each.toSummary(now)).collect(Collectors.joining());
        return AwsErrorResponses.xml(
                200,
                "<?xml version=\"1.0\"?>\n<InvalidationList xmlns=\"%s\"><Marker>%s</Marker>%s<MaxItems>%d</MaxItems><IsTruncated>%s</IsTruncated><Quantity>%d</Quantity>%s</InvalidationList>"
                        .formatted(
                                NAMESPACE,
                                request.query("Marker").orElse(""),
                                truncated
                                        ? "<NextMarker>"
                                                + page.get(page.size() - 1).id() + "</NextMarker>"
                                        : "",
                                size,
                                truncated,
                                page.size(),
                                page.isEmpty() ? "" : "<Items>" + items + "</Items>"));
    }

    private static int pageSize(String text) {
        if (!text.matches("[1-9]\\d?|100")) {
            throw refusal(400, "InvalidArgument", "MaxItems must be 1 to 100");
        }
        return Integer.parseInt(text);
    }

    private static int after(List<RecordedInvalidation> all, String marker) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(marker)) {
                return i + 1;
            }
        }
        throw refusal(400, "InvalidArgument", "The marker is unknown.");
    }
}
