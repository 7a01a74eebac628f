package io.jenkins.plugins.cachepurge.changes;

/** What an agent that reads a directory asks the controller from time to time. */
interface ListingAwaitedCheck {

    /** Whether a build still waits for what is read. */
    boolean isWaitedFor();
}
