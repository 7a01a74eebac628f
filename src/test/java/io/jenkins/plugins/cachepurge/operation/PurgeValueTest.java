package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a Jenkinsfile gets of a purge. */
class PurgeValueTest {

    private static final String TEXT =
            "{provider=scaleway, target=0c4d, status=done, what=paths, count=3, all=false, paths=3, requests=["
                    + "{id=1, status=done, count=2, paths=2}, {id=null, status=accepted, count=1, paths=1}]}";

    private final Map<?, ?> value = value(PurgeKind.PATHS, List.of("/a", "/b", "/c"));

    private static Map<?, ?> value(PurgeKind kind, List<String> values) {
        PurgeResult result = new PurgeResult(
                "scaleway",
                "0c4d",
                "done",
                PurgeSelection.of(Map.of(kind, values), false),
                List.of(new PurgeResult.Request("1", "done", 2), PurgeResult.Request.accepted(1)));
        return (Map<?, ?>) result.value();
    }

    @Test
    void pathsAreCountedAsSuchOnlyWhereTheyAre() {
        assertEquals(TEXT, value.toString());
        assertEquals(
                TEXT.replace("what=paths", "what=tags").replaceAll("paths=\\d", "paths=0"),
                value(PurgeKind.TAGS, List.of("a", "b", "c")).toString());
    }

    @Test
    void itIsTheSameAfterItWasSaved() throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(Notebook.written(value)))) {
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
            Map<?, ?> one = value(PurgeKind.PATHS, List.of("/a"));
            own.add(one);
            plain.add(plain(one));
        }
        assertThat(Notebook.written(own).length * 2, lessThan(Notebook.written(plain).length));
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
