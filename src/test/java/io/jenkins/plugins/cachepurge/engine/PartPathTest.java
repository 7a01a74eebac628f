package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The place of a part in an operation. */
class PartPathTest {

    @Test
    void childIsOnePlaceFurther() {
        assertEquals(new PartPath(List.of(1, 40)), PartPath.ROOT.child(1).child(40));
        assertTrue(PartPath.ROOT.isRoot());
        assertFalse(PartPath.ROOT.child(0).isRoot());
    }

    @Test
    void partsOfPartsAreBelowIt() {
        PartPath first = PartPath.ROOT.child(1);
        assertTrue(first.child(40).isBelow(first));
        assertTrue(first.child(40).isBelow(PartPath.ROOT));
        assertFalse(first.isBelow(first));
        assertFalse(first.child(40).isBelow(PartPath.ROOT.child(2)));
        assertEquals(40, first.child(40).child(3).indexBelow(first));
        assertEquals(1, first.child(40).indexBelow(PartPath.ROOT));
    }

    @Test
    void pathDoesNotChangeWithTheListThatItWasMadeOf() {
        List<Integer> indices = new ArrayList<>(List.of(1, 2));
        PartPath path = new PartPath(indices);
        indices.add(3);
        assertEquals(new PartPath(List.of(1, 2)), path);
        assertThrows(UnsupportedOperationException.class, () -> path.indices().add(3));
    }

    @Test
    void pathIsReadAsItWasSaved() throws Exception {
        PartPath path = PartPath.ROOT.child(1).child(40);
        byte[] saved = InMemoryCheckpointStore.serialized(path);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved))) {
            assertEquals(path, in.readObject());
        }
    }
}
