package io.jenkins.plugins.cachepurge.client.fastly;

/**
 * Response to a purge.
 *
 * @param status {@code ok} for a success
 * @param id null if there is none, for example for a purge of everything
 */
public record FastlyPurgeResponse(String status, String id) {

    static final String OK = "ok";

    static final String FAIL = "fail";

    public FastlyPurgeResponse {
        if (status == null || status.isBlank()) {
            throw new IllegalArgumentException("a purge without status");
        }
    }
}
