package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.engine.InMemoryCheckpointStore;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a Jenkinsfile gets of a purge. */
class PurgeResultMapTest {

    private static final String TEXT = "{provider=scaleway, target=0c4d, status=done, what=paths, count=3, requests=["
            + "{id=1, status=done, count=2}, {id=null, status=accepted, count=1}]}";

    private final Map<?, ?> value = value(SelectionType.PATHS, List.of("/a", "/b", "/c"));

    private static Map<?, ?> value(SelectionType kind, List<String> values) {
        PurgeTally tally = new PurgeTally();
        tally.add(0, new PurgeResult.RequestResult("1", "done", 2));
        tally.add(1, PurgeResult.RequestResult.accepted(1));
        PurgeResult result = new PurgeResult(
                "scaleway",
                "0c4d",
                "done",
                PurgeSelection.of(Map.of(kind, values), false).orElseThrow(),
                tally);
        return (Map<?, ?>) result.toPipelineValue();
    }

    @Test
    void pathsAreCountedAsSuchOnlyWhereTheyAre() {
        assertEquals(TEXT, value.toString());
        assertEquals(
                TEXT.replace("what=paths", "what=tags"),
                value(SelectionType.TAGS, List.of("a", "b", "c")).toString());
    }

    @Test
    void itIsTheSameAfterItWasSaved() throws Exception {
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(InMemoryCheckpointStore.serialized(value)))) {
            Object read = in.readObject();
            assertEquals(value, read);
            assertEquals(TEXT, read.toString());
        }
    }

    @Test
    void itIsEqualToAnyMapOfTheSame() {
        assertEquals(new LinkedHashMap<>(value), value);
        assertEquals(value.hashCode(), new LinkedHashMap<>(value).hashCode());
    }

    @Test
    void itCannotBeChanged() {
        assertThrows(UnsupportedOperationException.class, value::clear);
        assertThrows(
                UnsupportedOperationException.class,
                () -> value.entrySet().iterator().remove());
        assertEquals(TEXT, value.toString());
    }

    /** Beyond what is written once for all of them, half of what as many plain maps take. */
    @Test
    void manyOfThemTakeLittleRoom() throws Exception {
        ArrayList<Object> own = new ArrayList<>();
        ArrayList<Object> plain = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Map<?, ?> one = value(SelectionType.PATHS, List.of("/a"));
            own.add(one);
            plain.add(plain(one));
        }
        assertThat(
                InMemoryCheckpointStore.serialized(own).length * 2,
                lessThan(InMemoryCheckpointStore.serialized(plain).length));
    }

    private static Map<Object, Object> plain(Map<?, ?> value) {
        Map<Object, Object> plain = new LinkedHashMap<>(value);
        List<?> requests = (List<?>) value.get("requests");
        plain.put(
                "requests",
                requests.stream()
                        .map(request -> new LinkedHashMap<>((Map<?, ?>) request))
                        .collect(Collectors.toCollection(ArrayList::new)));
        return plain;
    }
}
