package io.jenkins.plugins.cachepurge.client.cloudfront;

import io.jenkins.plugins.cachepurge.client.http.AuthenticationHeaders;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.UnsignedRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * AWS Signature Version 4 in the header {@code Authorization}.
 *
 * @param scope chooses region and service by the URL of a request
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a signed
 *     AWS API request</a>
 */
record SignatureV4(AwsKeys keys, Function<HttpUrl, Scope> scope) implements Signer.Scheme {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String TERMINATOR = "aws4_request";
    private static final String DATE_HEADER = "x-amz-date";
    private static final String TOKEN_HEADER = "x-amz-security-token";

    static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Headers that proxies and HTTP clients may change. */
    private static final List<String> UNSIGNED = List.of("accept", "user-agent", "accept-encoding", "connection");

    /**
     * What a signature is valid for.
     *
     * @param region such as {@code us-east-1}
     * @param service its signing name, such as {@code cloudfront}
     */
    record Scope(String region, String service) {

        String at(Instant time) {
            return String.join("/", DATE.format(time), region, service, TERMINATOR);
        }
    }

    Signer signer() {
        return Signer.signing(this, keys.secrets());
    }

    @Override
    public AuthenticationHeaders sign(UnsignedRequest request) {
        String time = TIMESTAMP.format(request.time());
        Map<String, String> added = new LinkedHashMap<>();
        added.put(DATE_HEADER, time);
        keys.sessionToken().ifPresent(token -> added.put(TOKEN_HEADER, token));
        TreeMap<String, String> signed = signedHeaders(request, added);
        Scope target = scope.apply(request.url());
        String toSign = String.join(
                "\n",
                ALGORITHM,
                time,
                target.at(request.time()),
                ByteString.encodeUtf8(canonical(request, signed)).sha256().hex());
        String signature = hmac(signingKey(target, request.time()), toSign).hex();
        added.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(
                                ALGORITHM,
                                keys.accessKeyId(),
                                target.at(request.time()),
                                String.join(";", signed.keySet()),
                                signature));
        return new AuthenticationHeaders(added, List.of(signature));
    }

    private static TreeMap<String, String> signedHeaders(UnsignedRequest request, Map<String, String> added) {
        TreeMap<String, String> signed = new TreeMap<>(added);
        signed.put("host", request.host());
        request.headers().toMultimap().forEach((name, values) -> {
            if (!UNSIGNED.contains(name)) {
                signed.put(
                        name,
                        values.stream()
                                .map(value -> value.trim().replaceAll(" +", " "))
                                .collect(Collectors.joining(",")));
            }
        });
        return signed;
    }

    private static String canonical(UnsignedRequest request, TreeMap<String, String> signed) {
        List<String> lines = new ArrayList<>();
        lines.add(request.method());
        lines.add(encodedAgain(request.url().encodedPath()));
        lines.add(query(request.url()));
        signed.forEach((name, value) -> lines.add(name + ":" + value));
        lines.add("");
        lines.add(String.join(";", signed.keySet()));
        lines.add(request.body().sha256().hex());
        return String.join("\n", lines);
    }

    /** Each service but S3 encodes the path that is sent once more. */
    private static String encodedAgain(String path) {
        return encoded(path, "/");
    }

    private static String query(HttpUrl url) {
        record Parameter(String name, String value) {}
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            parameters.add(
                    new Parameter(encoded(url.queryParameterName(i), ""), encoded(value == null ? "" : value, "")));
        }
        return parameters.stream()
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /**
     * Percent-encodes each byte that is not unreserved (RFC 3986, 2.3), as AWS demands: encoders of forms and URLs leave other
     * characters.
     *
     * @param kept further characters that are not encoded
     */
    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : ByteString.encodeUtf8(text).toByteArray()) {
            char c = (char) (b & 0xff);
            boolean unreserved =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-_.~".indexOf(c) >= 0;
            if (unreserved || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(ByteString.of(b).hex().toUpperCase(Locale.ROOT));
            }
        }
        return encoded.toString();
    }

    private ByteString signingKey(Scope target, Instant time) {
        ByteString date = hmac(ByteString.encodeUtf8("AWS4" + keys.secretAccessKey()), DATE.format(time));
        ByteString region = hmac(date, target.region());
        return hmac(hmac(region, target.service()), TERMINATOR);
    }

    private static ByteString hmac(ByteString key, String text) {
        return ByteString.encodeUtf8(text).hmacSha256(key);
    }
}
