package io.jenkins.plugins.cachepurge.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.simulator.Delivery;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;

/** Operations composed of parts of every kind, and the service that they are asked of. */
public final class PartsFixture {

    /** How long the service takes for a part that has to be polled. */
    static final Duration POLLED_TIME = Duration.ofSeconds(3);

    public final VirtualTime time = new VirtualTime();
    public final Service service = new Service(time);
    public final EngineHarness harness;
    private final Client client;
    private int created;

    public PartsFixture(DriverKind kind) {
        this(kind, QuotaSpec.DEFAULT);
    }

    PartsFixture(DriverKind kind, QuotaSpec quota) {
        harness = new EngineHarness(kind, time, service, Signer.NONE);
        client = new Client(quota, () -> created++);
    }

    /** How many parts were created so far. */
    int created() {
        return created;
    }

    /** A part of an operation. */
    public sealed interface Part {

        /** One exchange, which may be repeated. */
        record Single(String id) implements Part {}

        /** An exchange that may be repeated, then polls. */
        record Polled(String id) implements Part {}

        /** An exchange that must not be repeated before it was looked up, and that can be cancelled. */
        record Once(String id) implements Part {}

        /** No exchange at all. */
        record Ended(String id) implements Part {}

        /** No exchange, and a failure. */
        record Broken(String id) implements Part {}

        /** An exchange that only reads, then a group. */
        record Prepared(String id, Group group) implements Part {}

        /** Other parts. */
        record Group(List<Part> parts, int concurrency, boolean stopsOnFailure) implements Part {}
    }

    static Part.Group sideBySide(List<? extends Part> parts) {
        return new Part.Group(List.copyOf(parts), Parts.MAX_RUNNING, false);
    }

    static Part.Group sequence(Part... parts) {
        return new Part.Group(List.of(parts), 1, true);
    }

    /** Single exchanges with the ids 0, 1, …. */
    static List<Part> singles(int count) {
        return IntStream.range(0, count)
                .<Part>mapToObj(i -> new Part.Single("" + i))
                .toList();
    }

    /** Result of a part, such as "a" or "[a, b]". */
    public record Result(String text) implements OperationResult {

        @Override
        public Serializable toPipelineValue() {
            return text;
        }

        @Override
        public LocalizedText summary() {
            return LocalizedText.inOneLanguage("done");
        }
    }

    /** The operation that a part is. */
    public Operation<?, Result> operation(Part part) {
        return client.operation(part);
    }

    /** Parts that all have the same result, so that nothing needs to be kept of each. */
    Operation<?, Result> equalParts(int count) {
        return client.equalParts(count);
    }

    private record Spec(Client client, Part part) {

        ApiCall<Result> call(String method, String path, Idempotency idempotency) {
            return client.call(method, path, idempotency);
        }
    }

    private record Client(QuotaSpec quota, Runnable onCreate) {

        Operation<?, Result> operation(Part part) {
            onCreate.run();
            Operation<Spec, Result> operation = Operation.of(description(part), new Spec(this, part), first(part));
            return part instanceof Part.Once once
                    ? operation.withCancelCall(Optional.of(call("DELETE", "once/" + once.id(), Idempotency.IDEMPOTENT)))
                    : operation;
        }

        Operation<?, Result> equalParts(int count) {
            Function<Integer, Operation<?, Result>> create = index -> {
                onCreate.run();
                ApiCall<Result> call = call("POST", "single/" + index, Idempotency.IDEMPOTENT);
                return Operation.ofCall(
                        OperationDescription.purge("Example", "page " + index), call.map(result -> new Result("done")));
            };
            return Operation.of(
                    OperationDescription.purge("Example", "site"),
                    new EqualPages(count, create),
                    new RunningEqualParts());
        }

        private static OperationDescription description(Part part) {
            return OperationDescription.purge("Example", part instanceof Part.Group ? "site" : "page");
        }

        private static State<Spec, Result> first(Part part) {
            if (part instanceof Part.Single || part instanceof Part.Polled) {
                return new Sending();
            }
            if (part instanceof Part.Once) {
                return new SendingOnce();
            }
            if (part instanceof Part.Ended ended) {
                return new SucceededState<>(new Result(ended.id()));
            }
            if (part instanceof Part.Broken) {
                return new FailedState<>(ApiException.failed("Example", "purge a page", "could not", ""));
            }
            return part instanceof Part.Prepared ? new Preparing() : new RunningGroup();
        }

        private static String text(JsonNode json) throws UnreadableResponseException {
            if (!json.path("text").isTextual()) {
                throw new UnreadableResponseException("without a text");
            }
            return json.path("text").textValue();
        }

        ApiCall<Result> call(String method, String path, Idempotency idempotency) {
            HttpUrl url = HttpUrl.get("https://api.example.org/" + path);
            return new ApiCall<>(
                            "Example",
                            "%s %s".formatted(method.equals("DELETE") ? "cancel" : "purge", path),
                            new ApiRequest(method, url, Map.of(), Optional.empty()),
                            (json, response) -> new Result(text(json)),
                            (response, json) -> ServiceError.of(""),
                            idempotency)
                    .withQuota(quota);
        }
    }

    private record EqualPages(int count, Function<Integer, Operation<?, Result>> factory) implements Parts<Result> {

        @Override
        public Operation<?, Result> create(int index) {
            return factory.apply(index);
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.inOneLanguage("purge %d pages".formatted(count));
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.pages");
        }
    }

    private record RunningEqualParts() implements State<EqualPages, Result> {

        @Override
        public Next<EqualPages, Result> next(EqualPages pages) {
            return new Next.RunParts<>(
                    pages, Count::new, count -> new SucceededState<>(new Result(Integer.toString(count.results))));
        }
    }

    /** Counts parts. */
    private static final class Count implements io.jenkins.plugins.cachepurge.operation.Tally<Result> {
        private int results;

        @Override
        public void add(int index, Result result) {
            results++;
        }
    }

    private record Sending() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            if (spec.part() instanceof Part.Polled polled) {
                return Next.exchange(
                        spec.call("POST", "polled/" + polled.id(), Idempotency.IDEMPOTENT),
                        accepted -> new Waiting("pending"));
            }
            String id = ((Part.Single) spec.part()).id();
            return Next.exchange(spec.call("POST", "single/" + id, Idempotency.IDEMPOTENT), SucceededState::new);
        }
    }

    private record Waiting(String status) implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            return new Next.Wait<>(LocalizedText.inOneLanguage("page is " + status), new Polling());
        }
    }

    private record Polling() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            String id = ((Part.Polled) spec.part()).id();
            return Next.exchange(
                    spec.call("GET", "polled/" + id, Idempotency.IDEMPOTENT),
                    result -> result.text().equals("pending") ? new Waiting("pending") : new SucceededState<>(result));
        }
    }

    private record SendingOnce() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            String id = ((Part.Once) spec.part()).id();
            return Next.exchangeOnce(
                    spec.call("POST", "once/" + id, Idempotency.NOT_IDEMPOTENT),
                    SucceededState::new,
                    lost -> new LookingUp());
        }
    }

    private record LookingUp() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            String id = ((Part.Once) spec.part()).id();
            return Next.exchange(
                    spec.call("GET", "once/" + id, Idempotency.IDEMPOTENT),
                    result -> result.text().equals("none") ? new SendingOnce() : new SucceededState<>(result));
        }
    }

    private record Preparing() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            String id = ((Part.Prepared) spec.part()).id();
            return Next.exchange(spec.call("GET", "read/" + id, Idempotency.IDEMPOTENT), read -> new RunningGroup());
        }
    }

    private record RunningGroup() implements State<Spec, Result> {

        @Override
        public Next<Spec, Result> next(Spec spec) {
            Part.Group group =
                    spec.part() instanceof Part.Prepared prepared ? prepared.group() : (Part.Group) spec.part();
            return new Next.RunParts<>(
                    new GroupParts(spec.client(), group),
                    ResultList<Result>::new,
                    results -> new SucceededState<>(new Result(
                            results.inOrder().stream().map(Result::text).collect(Collectors.joining(", ", "[", "]")))));
        }
    }

    private record GroupParts(Client client, Part.Group group) implements Parts<Result> {

        @Override
        public int count() {
            return group.parts().size();
        }

        @Override
        public Operation<?, Result> create(int index) {
            return client.operation(group.parts().get(index));
        }

        @Override
        public int concurrency() {
            return group.concurrency();
        }

        @Override
        public boolean stopsAfter(ApiException problem) {
            return group.stopsOnFailure() || Parts.super.stopsAfter(problem);
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.inOneLanguage("purge %d pages".formatted(count()));
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.pages");
        }
    }

    /** Does what is asked of it, by the path: {@code single/<id>}, {@code polled/<id>}, {@code once/<id>}. */
    public static final class Service implements SimService {

        private final VirtualTime time;
        private final Map<String, Integer> effects = new HashMap<>();
        private final Map<String, Instant> submitted = new HashMap<>();
        private final Set<String> cancelled = new java.util.TreeSet<>();
        private final Map<String, SimResponse> rules = new HashMap<>();
        private final List<String> sent = new ArrayList<>();
        private final List<Instant> sentAt = new ArrayList<>();

        Service(VirtualTime time) {
            this.time = time;
        }

        /** From now on requests to a path are answered like this. */
        Service answer(String path, SimResponse response) {
            rules.put(path, response);
            return this;
        }

        /** From now on requests to a path get no response. */
        Service hang(String path) {
            return answer(path, SimResponse.empty(200).withDelivery(Delivery.STALL));
        }

        /** How often the service did what was asked at a path. */
        int effects(String path) {
            return effects.getOrDefault(path, 0);
        }

        /** How often it did anything. */
        public int effects() {
            return effects.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** How often it did the same thing that must not be repeated. */
        public int mostRepeatedOnce() {
            return effects.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("once/"))
                    .mapToInt(Map.Entry::getValue)
                    .max()
                    .orElse(0);
        }

        /** Whether it did all that an operation is about. */
        public boolean did(Part part) {
            if (part instanceof Part.Group group) {
                return group.parts().stream().allMatch(this::did);
            }
            if (part instanceof Part.Prepared prepared) {
                return did(prepared.group());
            }
            if (part instanceof Part.Single single) {
                return effects("single/" + single.id()) > 0;
            }
            if (part instanceof Part.Polled polled) {
                return effects("polled/" + polled.id()) > 0;
            }
            if (part instanceof Part.Ended || part instanceof Part.Broken) {
                return true;
            }
            return effects("once/" + ((Part.Once) part).id()) == 1;
        }

        /** Paths of all requests, such as "POST single/1". */
        List<String> sent() {
            return List.copyOf(sent);
        }

        /** When each of them arrived. */
        List<Instant> sentAt() {
            return List.copyOf(sentAt);
        }

        Set<String> cancelled() {
            return Set.copyOf(cancelled);
        }

        @Override
        public String name() {
            return "Example";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            String path = request.path().substring(1);
            sent.add(request.method() + " " + path);
            sentAt.add(time.instant());
            if (rules.containsKey(path) && !request.method().equals("DELETE")) {
                return rules.get(path);
            }
            String id = path.substring(path.indexOf('/') + 1);
            if (request.method().equals("DELETE")) {
                cancelled.add(path);
                return text("cancelled");
            }
            if (request.method().equals("POST")) {
                effects.merge(path, 1, Integer::sum);
                submitted.putIfAbsent(path, time.instant());
                return text(id);
            }
            if (path.startsWith("polled/")) {
                boolean done = !time.instant().isBefore(submitted.get(path).plus(POLLED_TIME));
                return text(done ? id : "pending");
            }
            return text(effects(path) > 0 ? id : "none");
        }

        private static SimResponse text(String text) {
            return SimResponse.json(200, Map.of("text", text));
        }
    }
}
