package io.jenkins.plugins.cachepurge.input;

import static io.jenkins.plugins.cachepurge.input.InputFieldTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListValuesTest {

    private static final List<String> VALUES = List.of("/a", "/b", "/c");

    @Test
    void takesListArrayAndSet() {
        assertEquals(VALUES, ListValues.of("paths", VALUES));
        assertEquals(VALUES, ListValues.of("paths", VALUES.toArray()));
        assertEquals(VALUES, ListValues.of("paths", VALUES.toArray(String[]::new)));
        assertEquals(VALUES, ListValues.of("paths", new LinkedHashSet<>(VALUES)));
        assertEquals(VALUES, ListValues.of("paths", List.of(new StringBuilder("/a"), "/b", new StringBuilder("/c"))));
        assertEquals(List.of("1", "2"), ListValues.of("tags", List.of(1, 2L)));
        assertEquals(List.of("5"), ListValues.of("tags", 5));
    }

    /** The places where values are checked refuse it with its position. */
    @Test
    void keepsNull() {
        assertEquals(Arrays.asList("/a", null), ListValues.of("paths", Arrays.asList("/a", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\n/b\n/c", "/a\r\n/b\r\n/c\r\n", "\ufeff/a\n\n  \n/b\n/c\n\n", " /a \n\t/b\r/c"})
    void textHasOneValuePerLine(String text) {
        assertEquals(VALUES, ListValues.of("paths", text));
        assertEquals(VALUES, ListValues.of("paths", new StringBuilder(text)));
    }

    @Test
    void refusesAnythingElseWithoutQuotingIt() {
        assertRefused(
                "paths: must be a list, an array, a set, or a text with one value per line, but was of the type Boolean",
                () -> ListValues.of("paths", true));
        assertRefused(
                "paths: must be a list, an array, a set, or a text with one value per line, but was of the type TreeMap",
                () -> ListValues.of("paths", new TreeMap<>(Map.of("s3cret", "/a"))));
        assertRefused(
                "tags: must contain texts only, but one value was of the type Boolean",
                () -> ListValues.of("tags", List.of("a", true)));
    }

    @Test
    void variableMayContainSeveralValues() {
        Map<String, String> variables = Map.of("$PAGES", "/a\r\n\r\n/b\n", "$EMPTY", "", "/x/$ONE", "/x/1");
        assertEquals(
                List.of("/first", "/a", "/b", "/x/1", "/last"),
                ListValues.expanded(
                        List.of("/first", "$PAGES", "$EMPTY", "/x/$ONE", "/last"),
                        text -> variables.getOrDefault(text, text)));
    }

    /** A Jenkinsfile has no variables to replace, and its values stay as they are. */
    @Test
    void valueWithoutVariableStaysAsItIs() {
        List<String> values = Arrays.asList(" /a", "/b\n/c", "", null);
        assertEquals(values, ListValues.expanded(values, text -> text));
    }
}
