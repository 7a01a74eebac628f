package io.jenkins.plugins.cachepurge.changes;

/** Use of the changes of a directory. */
public interface ChangesConsumer {

    /** The directory and its pages. */
    ChangesSpec spec();

    /** What the job has a baseline of. */
    BaselineKey key();

    /** When the files become what the next build compares with. */
    Remembering remembering();

    /** When files become a baseline. */
    enum Remembering {
        /** When the step has succeeded. */
        STEP,
        /** When the build has succeeded. */
        BUILD,
        /** Never. */
        NEVER
    }

    /**
     * Text for the console that says what is done about the changes, such as "9 pages".
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if nothing can be done about them
     */
    String describe(ChangesPlan plan);
}
