package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Result of a purge for a Jenkinsfile: an immutable map. Pipeline saves the result of each branch again whenever
 * another branch ends; a {@link LinkedHashMap} with a map for each request would be twice as long.
 */
final class PurgeResultMap extends AbstractMap<String, Object> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String provider;
    private final String target;
    private final String status;
    private final SelectionType type;
    private final int count;
    private final RequestMap[] requests;
    private final Long startedAt;
    private final Integer verified;
    /** Null if everything was cached, or the service does not tell. */
    private final String[] notCached;
    /** Null for a single CDN. */
    private final PurgeResultMap[] layers;

    /** Immutable map of one request; not a record, so that it does not depend on how Pipeline serializes records. */
    private static final class RequestMap extends AbstractMap<String, Object> implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String id;
        private final String status;
        private final int count;

        RequestMap(PurgeResult.RequestResult request) {
            id = request.id();
            status = request.status();
            count = request.count();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("status", status);
            map.put("count", count);
            return Collections.unmodifiableMap(map).entrySet();
        }
    }

    /**
     * @param startedAt in milliseconds since 1970, or null for a layer
     * @param verified number of verified pages, or null if none were to be verified
     */
    PurgeResultMap(PurgeResult result, Long startedAt, Integer verified) {
        this.startedAt = startedAt;
        this.verified = verified;
        provider = result.provider();
        target = result.target();
        status = result.status();
        type = result.selection().type();
        count = result.selection().count();
        requests = result.requests().stream().map(RequestMap::new).toArray(RequestMap[]::new);
        notCached = result.notCached().isEmpty() ? null : result.notCached().toArray(String[]::new);
        layers = result.layers().isEmpty()
                ? null
                : result.layers().stream().map(PurgeResultMap::ofLayer).toArray(PurgeResultMap[]::new);
    }

    private static PurgeResultMap ofLayer(PurgeResult layer) {
        return new PurgeResultMap(layer, null, null);
    }

    /** Groovy calls it for {@code result.note = 'x'}. */
    @Override
    public Object put(String key, Object value) {
        throw new UnsupportedOperationException(
                "The result of a purge cannot be changed. Make a copy first: new LinkedHashMap(result)");
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("provider", provider);
        map.put("target", target);
        map.put("status", status);
        map.put("what", type.parameter());
        map.put("count", count);
        map.put("requests", new ArrayList<>(List.of(requests)));
        if (notCached != null) {
            map.put("notCached", new ArrayList<>(List.of(notCached)));
        }
        if (startedAt != null) {
            map.put("startedAt", startedAt);
        }
        if (verified != null) {
            map.put("verified", verified);
        }
        if (layers != null) {
            map.put("layers", new ArrayList<>(List.of(layers)));
        }
        return Collections.unmodifiableMap(map).entrySet();
    }
}
