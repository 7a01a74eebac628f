package io.jenkins.plugins.cachepurge.client.cloudfront;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What of CloudFront is purged.
 *
 * @param type a distribution, or one tenant of a distribution
 * @param id such as {@code EDFDVBD6EXAMPLE} or {@code dt_2wjMUbg3NHZEQ7OfoalP5zi1AB}
 */
public record CloudFrontTarget(Type type, String id) implements Serializable {

    private static final Pattern DISTRIBUTION = Pattern.compile("[A-Z0-9]{8,32}");
    private static final Pattern TENANT = Pattern.compile("dt_[A-Za-z0-9]{8,64}");

    /** Type of a target. */
    public enum Type {
        DISTRIBUTION("distribution"),
        TENANT("distribution-tenant");

        private final String segment;

        Type(String segment) {
            this.segment = segment;
        }

        /** Segment of the API's URLs. */
        String segment() {
            return segment;
        }
    }

    /**
     * The target of a job.
     *
     * @param distributionId may be null if there is a tenant
     * @param tenantId null or blank to purge the whole distribution
     * @throws InvalidInputException if none is given, or one is not such an id
     */
    public static CloudFrontTarget of(String distributionId, String tenantId) {
        boolean ofTenant = tenantId != null && !tenantId.isBlank();
        boolean named = distributionId != null && !distributionId.isBlank();
        if (!ofTenant && !named) {
            throw new InvalidInputException("distributionId", LocalizedText.of("missing"));
        }
        if (named) {
            distributionId(distributionId);
        }
        return ofTenant
                ? new CloudFrontTarget(Type.TENANT, tenantId(tenantId))
                : new CloudFrontTarget(Type.DISTRIBUTION, distributionId(distributionId));
    }

    /** @throws InvalidInputException if it is not the id of a distribution */
    public static String distributionId(String text) {
        return new InputField("distributionId", text).matching(DISTRIBUTION, "cloudFront.distributionId");
    }

    /** @throws InvalidInputException if it is not the id of a distribution tenant */
    public static String tenantId(String text) {
        return new InputField("tenantId", text).matching(TENANT, "cloudFront.tenantId");
    }

    /** Such as "distribution EDFDVBD6EXAMPLE". */
    public LocalizedText text() {
        return type == Type.TENANT
                ? LocalizedText.of("target.distributionTenant", id)
                : LocalizedText.of("target.distribution", id);
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
