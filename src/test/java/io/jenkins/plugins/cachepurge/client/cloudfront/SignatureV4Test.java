package io.jenkins.plugins.cachepurge.client.cloudfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of AWS' own test suite, as it is in botocore, and further ones that were computed with botocore. */
class SignatureV4Test {

    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    private static final AwsEndpoints AWS = AwsEndpoints.DEFAULT;

    private static AwsKeys keys(Optional<String> token) {
        // The suite's access key id is shorter than any real one.
        return new AwsKeys("AKIDEXAMPLE00000", SECRET, token);
    }

    private static SignedRequest suite(ApiRequest request, Optional<String> token) {
        SignatureV4 signature = new SignatureV4(keys(token), url -> new SignatureV4.Scope("us-east-1", "service"));
        return SignedRequest.of(request, signature.signer(), TIME);
    }

    private static String signature(SignedRequest signed) {
        return signed.headers().get("Authorization").replaceAll(".*Signature=", "");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.amazonaws.com/, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "https://example.amazonaws.com/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1, 371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"
    })
    void signsReads(String url, String signature) {
        assertEquals(signature, signature(suite(ApiRequest.get(HttpUrl.get(url)), Optional.empty())));
    }

    @Test
    void signsForms() {
        ApiRequest form = ApiRequest.post(
                HttpUrl.get("https://example.amazonaws.com/"), ApiBody.form(Map.of("Param1", "value1")));
        SignedRequest signed = suite(form, Optional.empty());
        assertEquals("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", signature(signed));
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE00000/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
                signed.headers().get("Authorization"));
    }

    @Test
    void signsTheSessionToken() {
        SignedRequest signed = suite(ApiRequest.get(HttpUrl.get("https://example.amazonaws.com/")), Optional.of(TOKEN));
        assertEquals("07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8", signature(signed));
        assertEquals(TOKEN, signed.headers().get("X-Amz-Security-Token"));
    }

    @Test
    void signsCloudFront() {
        String body =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths><CallerReference>ref-1</CallerReference></InvalidationBatch>";
        ApiRequest create = new CloudFrontClient(AWS.cloudFront())
                .create(
                        new CloudFrontTarget(CloudFrontTarget.Type.DISTRIBUTION, "EDFDVBD6EXAMPLE"),
                        List.of("/*"),
                        "purge",
                        "ref-1")
                .request();
        assertEquals(Optional.of(body), create.bodyText());
        SignedRequest signed = SignedRequest.of(create, AWS.signer(keys(Optional.empty())), TIME);
        assertEquals("ae8e030101de6c6e0ba33b104711268dbd206d67e6a18b0ede4198c0428e66a1", signature(signed));
        ApiRequest list = ApiRequest.get(
                HttpUrl.get(
                        "https://cloudfront.amazonaws.com/2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation?MaxItems=10&Marker=I2J0I21PCUYOIK"));
        assertEquals(
                "040187e66b89aaf3023d305e4c7e525ac106d337b0ba7de6d4e1efe3562d76cf",
                signature(SignedRequest.of(list, AWS.signer(keys(Optional.of(TOKEN))), TIME)));
    }

    @Test
    void signsSts() {
        ApiRequest request = new ApiRequest(
                "POST",
                HttpUrl.get("https://sts.amazonaws.com/"),
                Map.of(),
                Optional.of(new ApiBody(
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "Action=GetCallerIdentity&Version=2011-06-15")));
        AwsEndpoints global = new AwsEndpoints(AWS.cloudFront(), ApiUrl.of("https://sts.amazonaws.com"));
        assertEquals(
                "6fb20d31f734d876c5682fdd2678d194cf68b862755f83b7ba1373c0874be25c",
                signature(SignedRequest.of(request, global.signer(keys(Optional.empty())), TIME)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://cloudfront.amazonaws.com, us-east-1/cloudfront, https://sts.us-east-1.amazonaws.com, us-east-1/sts",
        "https://cloudfront-fips.amazonaws.com, us-east-1/cloudfront, https://sts-fips.us-east-1.amazonaws.com, us-east-1/sts",
        "https://cloudfront.cn-northwest-1.amazonaws.com.cn, cn-northwest-1/cloudfront, https://sts.cn-northwest-1.amazonaws.com.cn, cn-northwest-1/sts"
    })
    void choosesTheRegionByUrl(String cloudFront, String scope, String sts, String stsScope) {
        ApiUrl url = ApiUrl.of(cloudFront);
        AwsEndpoints endpoints = new AwsEndpoints(url, AwsEndpoints.stsOf(url));
        assertEquals(ApiUrl.of(sts), endpoints.sts());
        assertTrue(authorization(endpoints, url).contains("/" + scope + "/aws4_request"));
        assertTrue(authorization(endpoints, endpoints.sts()).contains("/" + stsScope + "/aws4_request"));
        assertTrue(AwsEndpoints.VENDOR_URLS.contains(url));
        assertTrue(AwsEndpoints.VENDOR_STS_URLS.contains(endpoints.sts()));
    }

    private static String authorization(AwsEndpoints endpoints, ApiUrl url) {
        return SignedRequest.of(ApiRequest.get(url.resolve()), endpoints.signer(keys(Optional.empty())), TIME)
                .headers()
                .get("Authorization");
    }

    @Test
    void hidesWhatItIsMadeOf() {
        SignedRequest signed = suite(ApiRequest.get(HttpUrl.get("https://example.amazonaws.com/")), Optional.of(TOKEN));
        assertEquals(
                "**** **** **** AKIDEXAMPLE00000",
                signed.secrets().redact("%s %s %s AKIDEXAMPLE00000".formatted(SECRET, TOKEN, signature(signed))));
        assertEquals("AwsKeys[AKIDEXAMPLE00000]", keys(Optional.of(TOKEN)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AKID EXAMPLE 0000 0000", "AKIDEXAMPLE00000\nX: 1"})
    void refusesOtherAccessKeyIds(String id) {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> AwsKeys.of(id, "s3cret-key"));
        assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s3cret key", "s3cret\nkey", "s3crét"})
    void refusesOtherSecretKeys(String secret) {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> AwsKeys.of("AKIDEXAMPLE00000", secret));
        assertFalse(problem.getMessage().contains("s3cr"), problem.getMessage());
    }

    @Test
    void trimsWhatCopyingAdds() {
        assertEquals(AwsKeys.of("AKIDEXAMPLE00000", SECRET), AwsKeys.of(" AKIDEXAMPLE00000\n", SECRET + "\n"));
    }
}
