package io.jenkins.plugins.cachepurge.engine;

/** What is known of a part, for the message about a timeout. */
final class LastStatus {

    private String text = "";
    private String status = "";

    /** @param sentence its full stop is left out */
    void set(String sentence) {
        text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** @return true if it changed */
    boolean changeTo(String now) {
        text = now;
        boolean changed = !now.equals(status);
        status = now;
        return changed;
    }

    /** Empty if nothing is known. */
    String text() {
        return text;
    }
}
