package io.jenkins.plugins.cachepurge.client.cloudfront;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.client.http.Xml;
import io.jenkins.plugins.cachepurge.client.http.XmlRequestElement;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Amazon CloudFront's invalidations, authenticated by Signature Version 4.
 *
 * @param api {@code https://cloudfront.amazonaws.com}
 * @see <a href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html">CreateInvalidation</a>
 */
public record CloudFrontClient(ApiUrl api) implements Serializable {

    public static final String SERVICE = "Amazon CloudFront";

    /** Maximum length of a page of the list. */
    public static final int MAX_PAGE_SIZE = 100;

    /** Everything, as a path. */
    public static final String EVERYTHING = "/*";

    private static final String VERSION = "2020-05-31";
    private static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    /** AWS publishes no limit of requests; this leaves room for others. */
    private static final QuotaSpec QUOTA = QuotaSpec.concurrent(4);

    /**
     * Creates an invalidation, unless there is one with the same reference, which is then the result.
     *
     * @param items paths, and tags with a {@code #} before each
     * @param noun one of them, for messages
     * @param reference unique for these items: another one invalidates them again
     */
    public ApiCall<Invalidation> create(CloudFrontTarget target, List<String> items, String noun, String reference) {
        String what = items.equals(List.of(EVERYTHING)) ? "everything" : ValueText.of(items, noun);
        XmlRequestElement batch = XmlRequestElement.of(
                "InvalidationBatch",
                XmlRequestElement.of(
                        "Paths",
                        XmlRequestElement.text("Quantity", Integer.toString(items.size())),
                        XmlRequestElement.of(
                                "Items",
                                items.stream()
                                        .map(item -> XmlRequestElement.text("Path", item))
                                        .toList())),
                XmlRequestElement.text("CallerReference", reference));
        return new ApiCall<>(
                SERVICE,
                "invalidate %s of %s".formatted(what, target),
                ApiRequest.post(invalidations(target).build(), ApiBody.xml(NAMESPACE, batch))
                        .withHeaders(Map.of("Accept", "application/xml")),
                ResponseReader.xml((xml, answer) -> invalidation(xml)),
                errors("cloudfront:CreateInvalidation", target),
                Idempotency.IDEMPOTENT_BY_KEY,
                QUOTA);
    }

    /** Reads one invalidation. */
    public ApiCall<Invalidation> get(CloudFrontTarget target, String id) {
        return read(
                "show invalidation %s of %s".formatted(id, target),
                invalidations(target).addPathSegment(id).build(),
                ResponseReader.xml((xml, answer) -> {
                    Invalidation found = invalidation(xml);
                    if (!found.id().equals(id)) {
                        throw new UnreadableResponseException("it is about invalidation " + found.id());
                    }
                    return found;
                }),
                errors("cloudfront:GetInvalidation", target));
    }

    /**
     * Lists invalidations, the newest first.
     *
     * @param marker of the page before; empty for the first
     * @param pageSize 1 to {@link #MAX_PAGE_SIZE}
     */
    public ApiCall<InvalidationPage> list(CloudFrontTarget target, Optional<String> marker, int pageSize) {
        HttpUrl.Builder url = invalidations(target).addQueryParameter("MaxItems", Integer.toString(pageSize));
        marker.ifPresent(value -> url.addQueryParameter("Marker", value));
        return read(
                "list the invalidations of " + target,
                url.build(),
                ResponseReader.xml((xml, answer) -> page(xml)),
                errors("cloudfront:ListInvalidations", target));
    }

    private static <T> ApiCall<T> read(String purpose, HttpUrl url, ResponseReader<T> reader, AwsErrorReader errors) {
        ApiRequest request = ApiRequest.get(url).withHeaders(Map.of("Accept", "application/xml"));
        return new ApiCall<>(SERVICE, purpose, request, reader, errors, Idempotency.IDEMPOTENT, QUOTA);
    }

    private static AwsErrorReader errors(String permission, CloudFrontTarget target) {
        return new AwsErrorReader("Allow %s on the %s in the IAM policy of the keys.".formatted(permission, target));
    }

    private HttpUrl.Builder invalidations(CloudFrontTarget target) {
        return api.resolve(VERSION, target.type().segment(), target.id(), "invalidation")
                .newBuilder();
    }

    private static Invalidation invalidation(JsonNode xml) throws UnreadableResponseException {
        JsonNode found = xml.path("Invalidation");
        List<JsonNode> items =
                Xml.list(found.path("InvalidationBatch").path("Paths").path("Items"), "Path");
        boolean all = items.stream().map(JsonNode::asText).anyMatch(EVERYTHING::equals);
        return new Invalidation(
                required(found, "Id"), required(found, "Status"), required(found, "CreateTime"), items.size(), all);
    }

    private static InvalidationPage page(JsonNode xml) throws UnreadableResponseException {
        JsonNode list = xml.path("InvalidationList");
        String truncated = required(list, "IsTruncated");
        List<Invalidation> found = new ArrayList<>();
        for (JsonNode item : Xml.list(list.path("Items"), "InvalidationSummary")) {
            found.add(new Invalidation(
                    required(item, "Id"), required(item, "Status"), required(item, "CreateTime"), 0, false));
        }
        return new InvalidationPage(
                found, truncated.equals("true") ? Optional.of(required(list, "NextMarker")) : Optional.empty());
    }

    private static String required(JsonNode parent, String name) throws UnreadableResponseException {
        String text = parent.path(name).asText("");
        if (text.isEmpty()) {
            throw new UnreadableResponseException("no " + name);
        }
        return text;
    }
}
