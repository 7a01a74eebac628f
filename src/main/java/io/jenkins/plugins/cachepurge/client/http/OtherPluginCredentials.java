package io.jenkins.plugins.cachepurge.client.http;

/**
 * Credentials that only the code of others can tell, which may block and send requests of its own. The engine calls it on a
 * thread that no operation needs, if no token of the same key is valid.
 *
 * @param key equal for all that may use the same token
 * @param service whose code it is, for messages
 * @param purpose what it is asked to do, for messages, such as "give AWS keys"
 */
public record OtherPluginCredentials(TokenKey key, String service, String purpose, Resolver resolver)
        implements Authentication {

    /** Asks for the credentials. */
    @FunctionalInterface
    public interface Resolver {

        /**
         * May block.
         *
         * @throws ApiException if there are none that can be used; one line, without secrets
         */
        AccessToken resolve() throws ApiException;
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "OtherPluginCredentials[" + purpose + "]";
    }
}
