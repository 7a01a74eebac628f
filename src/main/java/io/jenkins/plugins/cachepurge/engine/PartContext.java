package io.jenkins.plugins.cachepurge.engine;

/**
 * Surroundings of a part.
 *
 * @param session what all parts have in common
 * @param path its place
 * @param account name of the credentials of its requests; empty for those of the operation
 * @param reporter of what happens to it
 */
record PartContext(SharedSessionState session, PartPath path, String account, ProgressReporter reporter) {

    /** Surroundings of the operation itself. */
    static PartContext root(SharedSessionState session) {
        return new PartContext(session, PartPath.ROOT, "", new ProgressReporter.Direct(session));
    }

    /** The same with another reporter. */
    PartContext withReporter(ProgressReporter other) {
        return new PartContext(session, path, account, other);
    }

    /** Surroundings of a part of it, which has the same credentials unless it names others. */
    PartContext child(int index, String ownAccount) {
        return new PartContext(session, path.child(index), ownAccount.isEmpty() ? account : ownAccount, reporter);
    }
}
