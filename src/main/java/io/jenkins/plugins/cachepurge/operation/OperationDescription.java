package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * Description of an operation, for messages.
 *
 * @param service name of the service, such as "Buddy"
 * @param kind such as "cache" or "purge"
 * @param target such as "pipeline 2 of acme/website"
 */
public record OperationDescription(String service, String kind, String target) implements Serializable {

    /** All of it, such as "Buddy cache of pipeline 2 of acme/website"; starts a sentence. */
    @Override
    public String toString() {
        return "%s %s of %s".formatted(service, kind, target);
    }
}
