package io.jenkins.plugins.cachepurge.client.cloudfront;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * URLs of CloudFront and STS that belong together.
 *
 * @param cloudFront determines the partition, and so the region: CloudFront has one in each
 * @param sts where keys are exchanged for temporary ones
 */
public record AwsEndpoints(ApiUrl cloudFront, ApiUrl sts) implements Serializable {

    private static final ApiUrl CHINA = ApiUrl.of("https://cloudfront.cn-northwest-1.amazonaws.com.cn");
    private static final ApiUrl CHINA_FIPS = ApiUrl.of("https://cloudfront-fips.cn-northwest-1.amazonaws.com.cn");
    private static final ApiUrl FIPS = ApiUrl.of("https://cloudfront-fips.amazonaws.com");
    private static final ApiUrl FIPS_DUAL_STACK = ApiUrl.of("https://cloudfront-fips.global.api.aws");

    private static final ApiUrl STS = ApiUrl.of("https://sts.us-east-1.amazonaws.com");
    private static final ApiUrl STS_FIPS = ApiUrl.of("https://sts-fips.us-east-1.amazonaws.com");
    private static final ApiUrl STS_CHINA = ApiUrl.of("https://sts.cn-northwest-1.amazonaws.com.cn");

    /** AWS' own URLs of CloudFront, the default first. */
    public static final List<ApiUrl> VENDOR_URLS = List.of(
            ApiUrl.of("https://cloudfront.amazonaws.com"),
            ApiUrl.of("https://cloudfront.global.api.aws"),
            FIPS,
            FIPS_DUAL_STACK,
            CHINA,
            CHINA_FIPS);

    /** AWS' own URLs of STS. */
    public static final List<ApiUrl> VENDOR_STS_URLS = List.of(
            STS,
            ApiUrl.of("https://sts.amazonaws.com"),
            STS_FIPS,
            STS_CHINA,
            ApiUrl.of("https://sts.cn-north-1.amazonaws.com.cn"));

    /** AWS' own URLs, but for China and FIPS. */
    public static final AwsEndpoints DEFAULT = new AwsEndpoints(VENDOR_URLS.get(0), STS);

    private static final Pattern REGION = Pattern.compile("sts(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

    private static final String GLOBAL_REGION = "us-east-1";
    private static final String CHINA_REGION = "cn-northwest-1";

    /** The URL of STS in the same partition as one of CloudFront. */
    public static ApiUrl stsOf(ApiUrl cloudFront) {
        if (cloudFront.equals(CHINA) || cloudFront.equals(CHINA_FIPS)) {
            return STS_CHINA;
        }
        return cloudFront.equals(FIPS) || cloudFront.equals(FIPS_DUAL_STACK) ? STS_FIPS : STS;
    }

    /** Signs requests to both services. */
    public Signer signer(AwsKeys keys) {
        return new SignatureV4(keys, this::scope).signer();
    }

    private SignatureV4.Scope scope(HttpUrl url) {
        return url.newBuilder().query(null).build().equals(sts.resolve())
                ? new SignatureV4.Scope(stsRegion(url.host()), "sts")
                : new SignatureV4.Scope(region(), "cloudfront");
    }

    private String region() {
        return cloudFront.equals(CHINA) || cloudFront.equals(CHINA_FIPS) ? CHINA_REGION : GLOBAL_REGION;
    }

    private String stsRegion(String host) {
        Matcher region = REGION.matcher(host);
        return region.matches() ? region.group(1) : region();
    }
}
