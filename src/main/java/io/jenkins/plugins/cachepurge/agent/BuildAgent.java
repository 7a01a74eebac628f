package io.jenkins.plugins.cachepurge.agent;

import hudson.model.Computer;
import hudson.remoting.Channel;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Agent on which a build or a part of it runs. Its name is kept, not its connection: it may connect again.
 *
 * @param nodeName empty for the built-in node
 */
public record BuildAgent(String nodeName) {

    /** Its name for messages, such as "agent linux-3". */
    public String title() {
        return isBuiltIn() ? "the built-in node" : "agent " + PrintableText.withoutInvisible(nodeName);
    }

    /** Whether it is the controller itself. */
    public boolean isBuiltIn() {
        return nodeName.isEmpty();
    }

    /** Its present connection; empty if there is none. */
    Optional<Channel> channel() {
        return Optional.ofNullable(Jenkins.get().getComputer(nodeName))
                .map(Computer::getChannel)
                .filter(Channel.class::isInstance)
                .map(Channel.class::cast)
                .filter(channel -> !channel.isClosingOrClosed());
    }
}
