package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where visitors find the files of {@code changedFiles}. */
class ChangesSpecTest {

    @Test
    void urlIsSchemeAndHost() {
        assertEquals(PageUrl.of("https://www.example.org/"), ChangesSpec.origin("https://www.example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://*.example.org", "https://www.example.org/docs", "www.example.org"})
    void anyOtherUrlIsRefused(String url) {
        assertEquals(
                "url: must be a scheme and host, such as https://www.example.org, without path, but was '%s'"
                        .formatted(url),
                assertThrows(InvalidInputException.class, () -> ChangesSpec.origin(url))
                        .getMessage());
    }
}
