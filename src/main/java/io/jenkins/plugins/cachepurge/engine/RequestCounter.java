package io.jenkins.plugins.cachepurge.engine;

/** How often a service was asked for one operation. */
final class RequestCounter {

    private int own;
    private int shared;
    private boolean lastShared;

    /** @param own before a restart */
    RequestCounter(int own) {
        this.own = own;
    }

    /** @param together whether it is asked for other operations, too */
    void add(boolean together) {
        lastShared = together;
        if (together) {
            shared++;
        } else {
            own++;
        }
    }

    /** The last one was to be shared, and is not. */
    void lastAlone() {
        shared--;
        add(false);
    }

    int own() {
        return own;
    }

    int shared() {
        return shared;
    }

    boolean lastShared() {
        return lastShared;
    }

    /** "1 request and 26 shared". */
    @Override
    public String toString() {
        return "%d request%s%s"
                .formatted(own, own == 1 ? "" : "s", shared == 0 ? "" : " and %d shared".formatted(shared));
    }
}
