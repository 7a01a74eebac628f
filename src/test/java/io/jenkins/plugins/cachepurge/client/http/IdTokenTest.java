package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenTest {

    private static String token(String claims) {
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "eyJhbGciOiJSUzI1NiJ9." + payload + ".c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    }

    @Test
    void identityLeavesOutWhatDiffersInEachToken() {
        IdToken one = IdToken.of(token("{\"iss\":\"i\",\"sub\":\"job\",\"iat\":1,\"exp\":2,\"jti\":\"a\"}"));
        IdToken two =
                IdToken.of(" " + token("{\"jti\":\"b\",\"exp\":9,\"sub\":\"job\",\"nbf\":1,\"iss\":\"i\"}") + "\n");
        assertEquals(one.identity(), two.identity());
        for (String other : List.of(
                "{\"iss\":\"i\",\"sub\":\"other\"}",
                "{\"iss\":\"j\",\"sub\":\"job\"}",
                "{\"iss\":\"i\",\"sub\":\"job\",\"build\":7}")) {
            assertNotEquals(one.identity(), IdToken.of(token(other)).identity());
        }
        assertEquals("IdToken", one.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "a.b",
                "a.b.c.d",
                "a.s3cret.c",
                "a.e30.c",
                "a.W10.c",
                ".eyJpc3MiOiJpIn0.c",
                "a.eyJpc3MiOiJpIn0.",
                "a.!!!.c"
            })
    void refusesAnythingElseWithoutQuotingIt(String secret) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> IdToken.of(secret));
        assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
    }

    /** A service may quote only the part that makes a token valid. */
    @Test
    void itsSignatureAloneIsHidden() {
        String token = token("{\"iss\":\"i\"}");
        assertEquals(
                "**** and ****",
                Signer.form(Map.of("assertion", token)).secrets().redact(token + " and c2lnbmF0dXJlLXNpZ25hdHVyZQ"));
    }
}
