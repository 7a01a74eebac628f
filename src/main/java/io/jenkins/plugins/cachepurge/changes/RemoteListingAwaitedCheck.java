package io.jenkins.plugins.cachepurge.changes;

import java.io.NotSerializableException;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * The controller's answer to an agent that reads a directory.
 *
 * @param listing done as soon as no build waits for it
 */
record RemoteListingAwaitedCheck(CompletableFuture<DirectoryListing> listing)
        implements ListingAwaitedCheck, SerializableOnlyOverRemoting {

    @Override
    public boolean isWaitedFor() {
        return !listing.isDone();
    }

    /** The agent gets something that asks this controller. */
    private Object writeReplace() throws NotSerializableException {
        return getChannelForSerialization().export(ListingAwaitedCheck.class, this);
    }
}
