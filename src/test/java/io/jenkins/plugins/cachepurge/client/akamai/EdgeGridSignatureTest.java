package io.jenkins.plugins.cachepurge.client.akamai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vectors that Akamai publishes with its client for Python.
 *
 * @see <a href="https://github.com/akamai/AkamaiOPEN-edgegrid-python/tree/master/akamai/edgegrid/test">the vectors</a>
 */
class EdgeGridSignatureTest {

    private static final String HOST = "akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net";
    private static final String SECRET = "x".repeat(43) + "=";
    private static final EdgeGridCredentials CREDENTIALS = EdgeGridCredentials.of(
            HOST, "akab-client-token-xxx-xxxxxxxxxxxxxxxx", SECRET, "akab-access-token-xxx-xxxxxxxxxxxxxxxx");
    private static final EdgeGridSignature SIGNATURE = new EdgeGridSignature(
            CREDENTIALS, Instant.parse("2014-03-21T19:34:21Z"), "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            emptyValue = "",
            value = {
                "GET / '' tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=",
                "GET /testapi/v1/t1?p1=1&p2=2 '' hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=",
                "POST /testapi/v1/t3 datadatadatadatadatadatadatadata hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=",
                "POST /testapi/v1/t6 '' 1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ="
            })
    void signsAsAkamaisClientsDo(String method, String target, String body, String signature) {
        assertEquals(
                "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=20140321T19:34:21+0000;nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;signature="
                        + signature,
                authorization(method, target, body));
    }

    private static String authorization(String method, String target, String body) {
        return SIGNATURE.authorization(
                method, HttpUrl.get("https://" + HOST + target), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Akamai signs the body of a POST only, and no more of it than 131,072 bytes. */
    @Test
    void onlyTheStartOfAPostsBodyIsSigned() {
        String start = "a".repeat(131_072);
        assertEquals(authorization("POST", "/", start + "b"), authorization("POST", "/", start + "c"));
        assertEquals(authorization("PUT", "/", "b"), authorization("PUT", "/", "c"));
        assertFalse(authorization("POST", "/", "b").equals(authorization("POST", "/", "c")));
    }

    @Test
    void aTimestampHasTheDigitsOfAscii() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals("EdgeGridSignature[20140321T19:34:21+0000]", SIGNATURE.toString());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void noTextHasASecret() {
        for (Object each : List.of(CREDENTIALS, SIGNATURE)) {
            assertFalse(each.toString().contains("token-xxx"), each::toString);
            assertFalse(each.toString().contains(SECRET), each::toString);
        }
    }
}
