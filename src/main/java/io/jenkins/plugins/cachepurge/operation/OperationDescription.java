package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * What an operation is about, in words for people.
 *
 * @param service whom it is asked of, as "Buddy"
 * @param what what of it, as "cache"
 * @param target of what, as "pipeline 2 of acme/website"
 */
public record OperationDescription(String service, String kind, String target) implements Serializable {

    /** All of it, as "Buddy cache of pipeline 2 of acme/website"; starts a sentence. */
    @Override
    public String toString() {
        return "%s %s of %s".formatted(service, kind, target);
    }
}
