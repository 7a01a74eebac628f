package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {

    @Test
    void trimsWhatCopyingFromAWebPageAdds() {
        assertEquals(
                Map.of("Authorization", "Bearer t0ken-long"),
                Signer.bearer(" t0ken-long\n").headers());
        assertEquals(
                Map.of("X-Key", "s3cret-long"),
                Signer.header("X-Key", "\r\ns3cret-long").headers());
        assertEquals("****", Signer.bearer(" t0ken-long\n").secrets().redact("t0ken-long"));
    }

    @Test
    void aSecretMayBeAUserWithoutPassword() {
        Signer basic = Signer.basicUser(" s3cret-long\n");
        assertEquals(Map.of("Authorization", "Basic czNjcmV0LWxvbmc6"), basic.headers());
        assertEquals("**** Basic ****", basic.secrets().redact("s3cret-long Basic czNjcmV0LWxvbmc6"));
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> Signer.basicUser("s3cret:long"));
        assertFalse(problem.getMessage().contains("s3cr"), problem.getMessage());
    }

    @Test
    void severalHideAllTheirSecrets() {
        Signer both = Signer.bearer("t0ken-long").and(Signer.header("X-Key", "s3cret-long"));
        assertEquals(Map.of("Authorization", "Bearer t0ken-long", "X-Key", "s3cret-long"), both.headers());
        assertEquals("**** ****", both.secrets().redact("t0ken-long s3cret-long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\nX-Evil: 1", "s3cret s3cret", "s3cret\u0000x", "s3crét", "s3cret\u007fx"})
    void refusesWhatCannotStandInAHeaderWithoutQuotingIt(String secret) {
        for (IllegalArgumentException problem : new IllegalArgumentException[] {
            assertThrows(IllegalArgumentException.class, () -> Signer.bearer(secret)),
            assertThrows(IllegalArgumentException.class, () -> Signer.basicUser(secret)),
            assertThrows(IllegalArgumentException.class, () -> Signer.header("X-Key", secret))
        }) {
            assertFalse(problem.getMessage().contains("s3cr"), problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesNothing(String secret) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> Signer.bearer(secret));
        assertEquals("the secret is empty", problem.getMessage());
    }

    @Test
    void showsNoSecret() {
        assertEquals("Authentication[Authorization]", Signer.bearer("t0ken").toString());
    }
}
