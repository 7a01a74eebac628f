package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import java.io.IOException;

/** Changes that are known, and what follows from the end of what is done about them. */
public final class PreparedChanges {

    private final Run<?, ?> run;
    private final PlanFile file;
    private final ChangesPlan plan;
    private final Runnable leaveQueue;

    PreparedChanges(Run<?, ?> run, PlanFile file, ChangesPlan plan, Runnable leaveQueue) {
        this.run = run;
        this.file = file;
        this.plan = plan;
        this.leaveQueue = leaveQueue;
    }

    /** What changed. */
    public ChangesPlan plan() {
        return plan;
    }

    /**
     * The files of the directory. May block.
     *
     * @throws IOException if the build's directory was changed meanwhile
     */
    public Manifest manifest() throws IOException {
        return file.loadManifest().orElseThrow(() -> new IOException(BaselineUpdate.MISSING));
    }

    /**
     * All of it was done: remembers the files, for the next build to compare with. May block.
     *
     * @throws IOException if they cannot be saved; then the next build has these changes, too
     */
    public void succeeded() throws IOException {
        if (plan.remembering() == ChangesConsumer.Remembering.STEP) {
            new BaselineUpdate(run, file).apply(plan);
        }
    }

    /** Address of the list of changed files, relative to the build. */
    public String listAddress() {
        return ChangeListsAction.address(file.id());
    }

    /** Lets other builds go on with the same. Does not block. */
    public void ended() {
        leaveQueue.run();
    }
}
