package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.Optional;

/** What is known of a part, for the message about a timeout. */
final class LastStatus {

    private String text = "";
    private LocalizedText status = LocalizedText.inOneLanguage("");

    /** @param sentence its full stop is left out */
    void set(String sentence) {
        text = withoutFullStop(sentence);
    }

    /** For a sentence that becomes a part of another one. */
    static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** @return true if it changed */
    boolean changeTo(LocalizedText now) {
        boolean changed = !now.equals(status);
        status = now;
        return changed;
    }

    /**
     * The exchange that a response is awaited to, if that says more than the last status.
     *
     * @param inFlight null if none is under way
     */
    Optional<String> awaited(ApiCall<?> inFlight) {
        return Optional.ofNullable(inFlight)
                .filter(call -> !call.request().readOnly() || text.isEmpty())
                .map(call ->
                        "%s was asked to %s, and no response has arrived".formatted(call.service(), call.purpose()));
    }

    /** Empty if nothing is known. */
    String text() {
        return text;
    }
}
