package io.jenkins.plugins.cachepurge.client.fastly;

/**
 * What Fastly says of a purge that it has done.
 *
 * @param status Fastly's own word; {@code ok} is the only one for a success
 * @param id null where it gives none, as for a purge of everything
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
