package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records which credentials a build used, once for each: that writes a file, and a build may have hundreds of operations
 * with the same ones.
 */
@Extension
public final class CredentialsUsage {

    private final Map<Run<?, ?>, Set<String>> recorded = Collections.synchronizedMap(new WeakHashMap<>());

    static CredentialsUsage get() {
        return ExtensionList.lookupSingleton(CredentialsUsage.class);
    }

    void record(Run<?, ?> run, IdCredentials used) {
        boolean first = recorded.computeIfAbsent(run, build -> ConcurrentHashMap.newKeySet())
                .add(used.getId());
        if (first) {
            CredentialsProvider.track(run, used);
        }
    }
}
