package io.jenkins.plugins.cachepurge.engine;

/** Counts the requests of a session. Not safe for several threads. */
final class RequestCounter {

    private int own;
    private int shared;

    /** @param own how many were sent before a restart */
    RequestCounter(int own) {
        this.own = own;
    }

    void add(boolean batched) {
        if (batched) {
            shared++;
        } else {
            own++;
        }
    }

    /** One that was to be shared is sent singly. */
    void uncountShared() {
        shared--;
        own++;
    }

    int own() {
        return own;
    }

    int shared() {
        return shared;
    }

    /** For the console, such as "1 request and 26 shared". */
    @Override
    public String toString() {
        return "%d request%s%s"
                .formatted(own, own == 1 ? "" : "s", shared == 0 ? "" : " and %d shared".formatted(shared));
    }
}
