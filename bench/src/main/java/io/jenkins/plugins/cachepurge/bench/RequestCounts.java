package io.jenkins.plugins.cachepurge.bench;

/** Counts the requests to a service. Safe for several threads. */
final class RequestCounts {

    private int requests;
    private int reads;
    private int refused;
    private int whileClosed;
    private long first;
    private long last;

    /**
     * The counts since the last report.
     *
     * @param reads how many of the requests were GETs
     * @param refused how many got 429
     * @param whileClosed how many came although the service had said when it may be asked again
     * @param seconds from the first request to the last
     */
    record Counts(int requests, int reads, int refused, int whileClosed, double seconds) {

        static Counts parse(String text) {
            String[] words = text.strip().split(" ");
            return new Counts(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Long.parseLong(words[4]) / 1e9);
        }
    }

    synchronized void add(String method, long nanoTime) {
        first = requests == 0 ? nanoTime : first;
        last = nanoTime;
        requests++;
        reads += method.equals("GET") ? 1 : 0;
    }

    synchronized void addRefused() {
        refused++;
    }

    synchronized void addWhileClosed() {
        whileClosed++;
    }

    /** What {@link Counts#parse} reads. */
    synchronized String takeAll() {
        String text = "%d %d %d %d %d".formatted(requests, reads, refused, whileClosed, last - first);
        requests = 0;
        reads = 0;
        refused = 0;
        whileClosed = 0;
        return text;
    }
}
