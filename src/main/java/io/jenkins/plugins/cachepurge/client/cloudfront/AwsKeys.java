package io.jenkins.plugins.cachepurge.client.cloudfront;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keys that sign requests to AWS. Exist only for their exchanges.
 *
 * @param accessKeyId not secret
 * @param secretAccessKey never sent
 * @param sessionToken of temporary keys; empty for those of a user
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    private static final Pattern ACCESS_KEY_ID = Pattern.compile("\\w{16,128}");
    private static final Pattern FIT_FOR_HEADER = Pattern.compile("[\\x21-\\x7e]+");

    /** @throws IllegalArgumentException if they cannot be AWS keys; does not quote them */
    public AwsKeys {
        accessKeyId = accessKeyId.trim();
        secretAccessKey = secretAccessKey.trim();
        if (!ACCESS_KEY_ID.matcher(accessKeyId).matches()) {
            throw new IllegalArgumentException(
                    "the user name is not an access key id, which has 16 or more letters and digits");
        }
        if (!FIT_FOR_HEADER.matcher(secretAccessKey).matches()) {
            throw new IllegalArgumentException(
                    "the password is not a secret access key: it is empty, or holds a space or a line break");
        }
        if (sessionToken.filter(FIT_FOR_HEADER.asMatchPredicate().negate()).isPresent()) {
            throw new IllegalArgumentException("the session token is empty, or holds a space or a line break");
        }
    }

    /** The keys of a user. */
    public static AwsKeys of(String accessKeyId, String secretAccessKey) {
        return new AwsKeys(accessKeyId, secretAccessKey, Optional.empty());
    }

    /** All that must never be printed. */
    List<String> secrets() {
        return Stream.concat(Stream.of(secretAccessKey), sessionToken.stream()).toList();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "AwsKeys[" + accessKeyId + "]";
    }
}
