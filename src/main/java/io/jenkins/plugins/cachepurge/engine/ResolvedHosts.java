package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.util.HashSet;
import java.util.Set;

/** Hosts that a session has found, so that one without an address now has only lost it. Not safe for several threads. */
final class ResolvedHosts {

    private final boolean all;
    private final Set<String> hosts = new HashSet<>();

    /** @param all true after a restart that finds requests, whose hosts are not saved */
    ResolvedHosts(boolean all) {
        this.all = all;
    }

    /** Takes note of an exchange that has ended. */
    void add(ApiCall<?> call, Outcome<?> outcome) {
        boolean unknown = outcome instanceof Outcome.Failure<?> failure
                && failure.problem().kind() == ApiException.Kind.UNKNOWN_HOST;
        if (!unknown) {
            hosts.add(call.request().url().host());
        }
    }

    boolean contains(ApiCall<?> call) {
        return all || hosts.contains(call.request().url().host());
    }
}
