package io.jenkins.plugins.cachepurge.client.http;

/**
 * Exchange of credentials for an access token. The engine sends it if no token of the same key is valid.
 *
 * @param key equal for all that may use the same token
 * @param call its reader creates the access token; must be idempotent
 * @param authentication of the call; may be a token exchange itself
 */
public record TokenExchange(TokenKey key, ApiCall<AccessToken> call, Authentication authentication)
        implements Authentication {

    public TokenExchange {
        if (call.idempotency() != Idempotency.IDEMPOTENT) {
            throw new IllegalArgumentException("a token exchange may be repeated");
        }
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "TokenExchange[" + call.purpose() + "]";
    }
}
