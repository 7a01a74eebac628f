package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tally of the requests of a purge: those with an id, and for the others how many ended alike. Of more than {@link
 * #MAX_LISTED} requests no ids are kept, so that results remain short.
 */
public final class PurgeTally implements Tally<PurgeResult.RequestResult> {

    /** Maximum number of requests that are listed one by one. */
    public static final int MAX_LISTED = 100;

    private final TreeMap<Integer, PurgeResult.RequestResult> listed = new TreeMap<>();
    private final Map<String, EqualRequests> equal = new LinkedHashMap<>();
    private final Map<String, Long> statuses = new LinkedHashMap<>();
    private final int maxListed;

    public PurgeTally() {
        this(MAX_LISTED);
    }

    private PurgeTally(int maxListed) {
        this.maxListed = maxListed;
    }

    /** A tally that contains all ids. */
    public static PurgeTally withAllIds() {
        return new PurgeTally(Integer.MAX_VALUE);
    }

    /** @param first index of the first request of them */
    private record EqualRequests(int first, int count) {

        EqualRequests and(int index, int more) {
            return new EqualRequests(Math.min(first, index), count + more);
        }
    }

    private record Listed(int index, PurgeResult.RequestResult result) {}

    @Override
    public void add(int index, PurgeResult.RequestResult result) {
        statuses.merge(result.status(), 1L, Long::sum);
        if (result.id() == null || maxListed == 0) {
            merge(index, result);
            return;
        }
        listed.put(index, result);
        if (listed.size() > maxListed) {
            listed.forEach(this::merge);
            listed.clear();
        }
    }

    private void merge(int index, PurgeResult.RequestResult result) {
        EqualRequests one = new EqualRequests(index, result.count());
        equal.merge(result.status(), one, (all, unused) -> all.and(index, result.count()));
    }

    /** The requests in their order; those that ended alike without an id are one entry. */
    public List<PurgeResult.RequestResult> requests() {
        List<Listed> all = new ArrayList<>();
        listed.forEach((index, result) -> all.add(new Listed(index, result)));
        equal.forEach((status, requests) ->
                all.add(new Listed(requests.first(), new PurgeResult.RequestResult(null, status, requests.count()))));
        return all.stream()
                .sorted(Comparator.comparingInt(Listed::index))
                .map(Listed::result)
                .toList();
    }

    /** Numbers of requests by their status. */
    public StatusCounts statuses() {
        return new StatusCounts(new LinkedHashMap<>(statuses));
    }
}
