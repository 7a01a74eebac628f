package io.jenkins.plugins.cachepurge.client.cloudfront;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Role that grants temporary keys.
 *
 * @param arn such as {@code arn:aws:iam::123456789012:role/purge}
 * @param externalId agreed with the owner of the role; not a secret
 */
public record AwsRole(String arn, Optional<String> externalId) implements Serializable {

    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    /**
     * The role of a job.
     *
     * @param arn null or blank for none
     * @param externalId null or blank for none
     * @throws InvalidInputException if it is not the ARN of a role, or the other cannot be used
     */
    public static Optional<AwsRole> of(String arn, String externalId) {
        Optional<String> agreed =
                Optional.ofNullable(externalId).filter(id -> !id.isBlank()).map(AwsRole::externalId);
        if (arn == null || arn.isBlank()) {
            agreed.ifPresent(id -> {
                throw new InvalidInputException("externalId", LocalizedText.of("aws.externalIdWithoutRole"));
            });
            return Optional.empty();
        }
        return Optional.of(new AwsRole(arn(arn), agreed));
    }

    /** @throws InvalidInputException if it is not the ARN of a role */
    public static String arn(String text) {
        return new InputField("roleArn", text).matching(ARN, "aws.roleArn");
    }

    /** @throws InvalidInputException if AWS would refuse it */
    public static String externalId(String text) {
        return new InputField("externalId", text).matching(EXTERNAL_ID, "aws.externalId");
    }
}
