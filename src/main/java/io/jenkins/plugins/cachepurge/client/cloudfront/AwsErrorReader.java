package io.jenkins.plugins.cachepurge.client.cloudfront;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ErrorReader;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Errors of AWS services that respond in XML. The code decides what they mean; for some of them HTTP statuses differ.
 *
 * @param onAccessDenied what to do if access is denied, with the IAM action that the request needs
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html">Common error types of AWS</a>
 */
record AwsErrorReader(String onAccessDenied) implements ErrorReader {

    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "SlowDown",
            "IDPCommunicationError");

    private static final String LIMIT_REACHED = "TooManyInvalidationsInProgress";

    private static final Set<String> TOKEN_REFUSED =
            Set.of("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId");

    private static final Set<String> CLOCK_SKEW = Set.of("RequestExpired", "RequestTimeTooSkewed");

    private static final Pattern TIMESTAMP = Pattern.compile("\\d{8}T\\d{6}Z");

    /** Whatever the root is; missing if there is none. */
    private static JsonNode error(JsonNode xml) {
        JsonNode whole = xml.path("ErrorResponse").path("Error");
        return whole.isMissingNode() ? xml.path("Error") : whole;
    }

    @Override
    public ServiceError read(ApiResponse answer, JsonNode xml) {
        String code = error(xml).path("Code").asText("");
        String message = error(xml).path("Message").asText("");
        ServiceError said = code.isEmpty() ? ServiceError.of(message) : ServiceError.of(code, message);
        ServiceError error = advice(answer, code, message).map(said::withAdvice).orElse(said);
        if (THROTTLED.contains(code)) {
            return error.asRateLimit();
        }
        if (code.equals(LIMIT_REACHED)) {
            return error.asBusy();
        }
        return TOKEN_REFUSED.contains(code) ? error.asTokenRefusal() : error;
    }

    private Optional<String> advice(ApiResponse answer, String code, String message) {
        if (CLOCK_SKEW.contains(code)
                || message.startsWith("Signature expired")
                || message.startsWith("Signature not yet current")) {
            return Optional.of(clocks(answer, message));
        }
        return Optional.ofNullable(
                switch (code) {
                    case "AccessDenied", "AccessDeniedException" -> onAccessDenied;
                    case "InvalidClientTokenId", "UnrecognizedClientException" ->
                        "Check the access key id: it is unknown, inactive, deleted, or of another partition.";
                    case "SignatureDoesNotMatch", "IncompleteSignature" ->
                        "Check that the secret access key belongs to the access key id, and was copied whole.";
                    case "ExpiredToken" -> "Renew the temporary keys.";
                    case "ExpiredTokenException" ->
                        "Check the lifetime of the id token, and the clock of the controller.";
                    case "OptInRequired" -> "Activate the service for this AWS account.";
                    case "InvalidIdentityToken" ->
                        "Create an IAM identity provider for the issuer of the id token, with its audience.";
                    case "IDPRejectedClaim" ->
                        "Check issuer, audience and subject of the id token against the IAM identity provider.";
                    case "NoSuchDistribution" -> "Check distributionId, and that the keys are of its AWS account.";
                    case "EntityNotFound" -> "Check tenantId, and that the keys are of its AWS account.";
                    case LIMIT_REACHED -> "Earlier invalidations must be completed first.";
                    case "NoSuchInvalidation" -> "Check the id: AWS keeps invalidations for a limited time.";
                    case "InvalidArgument" ->
                        "Check the paths or tags, and that the distribution has a cache tag header.";
                    case "BatchTooLarge" -> "Purge fewer paths in one step.";
                    case "InvalidationBatchAlreadyExists" ->
                        "An earlier invalidation of this step had other paths. Start the build again.";
                    default -> null;
                });
    }

    /** AWS' message begins with the time of the signature; its own time is the last one, or that of the response. */
    private static String clocks(ApiResponse answer, String message) {
        List<Instant> times = TIMESTAMP
                .matcher(message)
                .results()
                .map(MatchResult::group)
                .map(time -> SignatureV4.TIMESTAMP.parse(time, Instant::from))
                .toList();
        Instant ours = times.isEmpty() ? answer.receivedAt() : times.get(0);
        Instant theirs =
                answer.dateHeader("Date").orElse(times.isEmpty() ? answer.receivedAt() : times.get(times.size() - 1));
        return "The clock of the controller says %s, that of AWS %s: set the controller's."
                .formatted(ours.truncatedTo(ChronoUnit.SECONDS), theirs.truncatedTo(ChronoUnit.SECONDS));
    }
}
