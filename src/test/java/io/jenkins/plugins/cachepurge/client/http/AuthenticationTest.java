package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    @Test
    void trimsWhatCopyingFromAWebPageAdds() {
        assertEquals(
                Map.of("Authorization", "Bearer t0ken-long"),
                Authentication.bearer(" t0ken-long\n").headers());
        assertEquals(
                Map.of("X-Key", "s3cret-long"),
                Authentication.header("X-Key", "\r\ns3cret-long").headers());
        assertEquals("****", Authentication.bearer(" t0ken-long\n").secrets().clean("t0ken-long"));
    }

    @Test
    void aSecretMayBeAUserWithoutPassword() {
        Authentication basic = Authentication.basicUser(" s3cret-long\n");
        assertEquals(Map.of("Authorization", "Basic czNjcmV0LWxvbmc6"), basic.headers());
        assertEquals("**** Basic ****", basic.secrets().clean("s3cret-long Basic czNjcmV0LWxvbmc6"));
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> Authentication.basicUser("s3cret:long"));
        assertFalse(problem.getMessage().contains("s3cr"), problem.getMessage());
    }

    @Test
    void severalHideAllTheirSecrets() {
        Authentication both = Authentication.bearer("t0ken-long").and(Authentication.header("X-Key", "s3cret-long"));
        assertEquals(Map.of("Authorization", "Bearer t0ken-long", "X-Key", "s3cret-long"), both.headers());
        assertEquals("**** ****", both.secrets().clean("t0ken-long s3cret-long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\nX-Evil: 1", "s3cret s3cret", "s3cret\u0000x", "s3crét", "s3cret\u007fx"})
    void refusesWhatCannotStandInAHeaderWithoutQuotingIt(String secret) {
        for (IllegalArgumentException problem : new IllegalArgumentException[] {
            assertThrows(IllegalArgumentException.class, () -> Authentication.bearer(secret)),
            assertThrows(IllegalArgumentException.class, () -> Authentication.basicUser(secret)),
            assertThrows(IllegalArgumentException.class, () -> Authentication.header("X-Key", secret))
        }) {
            assertFalse(problem.getMessage().contains("s3cr"), problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesNothing(String secret) {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> Authentication.bearer(secret));
        assertEquals("the secret is empty", problem.getMessage());
    }

    @Test
    void showsNoSecret() {
        assertEquals(
                "Authentication[Authorization]", Authentication.bearer("t0ken").toString());
    }
}
