package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import io.jenkins.plugins.cachepurge.operation.OperationUnderFaults.Expectation;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Generated operation of many parts.
 *
 * @param quota how many exchanges the service allows at the same time
 * @param refused paths that the service refuses
 * @param hanging paths that the service never answers
 */
public record GeneratedOperation(Part.Group group, int quota, Set<String> refused, Set<String> hanging) {

    private static final int MAX_DEPTH = 3;

    /** A composition in which nothing fails. */
    public static final GeneratedOperation SIMPLE = new GeneratedOperation(
            PartsFixture.sideBySide(List.of(
                    new Part.Single("a"),
                    new Part.Polled("b"),
                    PartsFixture.sequence(new Part.Once("c"), new Part.Single("d")))),
            QuotaSpec.DEFAULT.maxConcurrent(),
            Set.of(),
            Set.of());

    static GeneratedOperation of(RandomGenerator random) {
        Set<String> refused = new TreeSet<>();
        Set<String> hanging = new TreeSet<>();
        boolean rough = random.nextInt(3) == 0;
        int[] ids = {0};
        Part.Group group = group(random, MAX_DEPTH, ids, path -> {
            if (rough && random.nextInt(6) == 0) {
                (random.nextInt(4) == 0 ? hanging : refused).add(path);
            }
        });
        return new GeneratedOperation(group, 1 + random.nextInt(8), refused, hanging);
    }

    private static Part.Group group(
            RandomGenerator random, int depth, int[] ids, java.util.function.Consumer<String> paths) {
        List<Part> parts = new ArrayList<>();
        for (int left = 1 + random.nextInt(depth == MAX_DEPTH ? 10 : 4); left > 0; left--) {
            parts.add(part(random, depth - 1, ids, paths));
        }
        boolean sequence = random.nextInt(3) == 0;
        int concurrency = sequence ? 1 : random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Parts.MAX_RUNNING;
        return new Part.Group(parts, concurrency, sequence);
    }

    private static Part part(RandomGenerator random, int depth, int[] ids, java.util.function.Consumer<String> paths) {
        String id = Integer.toString(ids[0]++);
        int kind = random.nextInt(depth == 0 ? 7 : 10);
        return switch (kind) {
            case 0, 1, 2 -> named(new Part.Single(id), "single/" + id, paths);
            case 3, 4 -> named(new Part.Once(id), "once/" + id, paths);
            case 5 -> named(new Part.Polled(id), "polled/" + id, paths);
            case 6 -> new Part.Ended(id);
            case 7 -> new Part.Prepared(id, group(random, depth, ids, paths));
            default -> group(random, depth, ids, paths);
        };
    }

    private static Part named(Part part, String path, java.util.function.Consumer<String> paths) {
        paths.accept(path);
        return part;
    }

    private boolean disturbed() {
        return !refused.isEmpty() || !hanging.isEmpty();
    }

    /** The operation with a service that nobody has used yet. */
    public Expectation prepare(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind, QuotaSpec.concurrent(quota));
        refused.forEach(path -> fixture.service.answer(path, SimResponse.json(404, Map.of())));
        hanging.forEach(fixture.service::hang);
        return new Expectation(
                new PreparedCase<>(fixture.harness, fixture.time, fixture.operation(group), fixture.service::effects),
                result -> fixture.service.did(group) && ((Result) result).text().equals(text(group)),
                () -> false,
                fixture.service::mostRepeatedOnce,
                !disturbed());
    }

    private static String text(Part part) {
        if (part instanceof Part.Group group) {
            return group.parts().stream().map(GeneratedOperation::text).toList().toString();
        }
        if (part instanceof Part.Prepared prepared) {
            return text(prepared.group());
        }
        if (part instanceof Part.Single single) {
            return single.id();
        }
        if (part instanceof Part.Polled polled) {
            return polled.id();
        }
        return part instanceof Part.Once once ? once.id() : ((Part.Ended) part).id();
    }

    /** Whether a refusal may be the end. */
    boolean mayBeRefused() {
        return !refused.isEmpty();
    }

    /** Whether there is time enough for all parts, one after the other, if each exchange fails in turn. */
    Duration leastTime() {
        return Duration.ofSeconds(10L * countParts(group));
    }

    private static int countParts(Part part) {
        return part instanceof Part.Group group
                ? group.parts().stream()
                        .mapToInt(GeneratedOperation::countParts)
                        .sum()
                : part instanceof Part.Prepared prepared ? 1 + countParts(prepared.group()) : 1;
    }

    /** Compositions that are a little simpler. */
    Stream<GeneratedOperation> shrink() {
        List<GeneratedOperation> all = new ArrayList<>();
        for (int i = 0; i < group.parts().size() && group.parts().size() > 1; i++) {
            List<Part> fewer = new ArrayList<>(group.parts());
            Part removed = fewer.remove(i);
            all.add(with(fewer));
            if (removed instanceof Part.Group inner) {
                List<Part> flat = new ArrayList<>(fewer);
                flat.addAll(i, inner.parts());
                all.add(with(flat));
            }
        }
        if (disturbed()) {
            all.add(new GeneratedOperation(group, quota, Set.of(), Set.of()));
        }
        return all.stream();
    }

    private GeneratedOperation with(List<Part> parts) {
        return new GeneratedOperation(
                new Part.Group(List.copyOf(parts), group.concurrency(), group.stopsOnFailure()),
                quota,
                refused,
                hanging);
    }
}
