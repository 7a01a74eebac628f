package io.jenkins.plugins.cachepurge.forms;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;

/** Fields about how requests get to their server. */
public final class RouteForm {

    private RouteForm() {}

    /** Options of the field {@code via}. */
    public static ListBoxModel viaItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.RouteForm_controller(), Via.CONTROLLER.toString());
        items.add(Messages.RouteForm_agent(), Via.AGENT.toString());
        return items;
    }

    /**
     * Checks that a connection can be tested without a build.
     *
     * @throws InvalidInputException if an agent is to send the requests: which one, only a build knows
     */
    public static void checkTestable(String via) {
        if (Via.of(via) == Via.AGENT) {
            throw new InvalidInputException(Via.FIELD, LocalizedText.of("via.test"));
        }
    }
}
