package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.cachepurge.agent.BuildAgent;
import io.jenkins.plugins.cachepurge.agent.RemotingLink;
import io.jenkins.plugins.cachepurge.client.agent.AgentLink;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.credentials.AgentUse;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Agent that sends the requests of an operation, if a job has chosen that.
 *
 * @param agent on which the operation runs; empty outside of a node
 */
public record RequestAgent(Optional<BuildAgent> agent) {

    /** @param nodeName null outside of a node */
    static RequestAgent named(@CheckForNull String nodeName) {
        return new RequestAgent(Optional.ofNullable(nodeName).map(BuildAgent::new));
    }

    /** Name of the node in which a step runs; null outside of one. */
    @CheckForNull
    static String nodeName(StepContext context) throws IOException, InterruptedException {
        Computer computer = context.get(Computer.class);
        return computer == null ? null : computer.getName();
    }

    /** @throws InvalidInputException if an agent is needed, and there is none or it may not send the credentials */
    public void check(PreparedOperation<?> prepared) {
        Optional<AgentUse> use = prepared.signers().agentUse();
        if (use.isEmpty()) {
            return;
        }
        BuildAgent chosen =
                agent.orElseThrow(() -> new InvalidInputException(Via.FIELD, LocalizedText.of("via.noNode")));
        if (!chosen.isBuiltIn()) {
            use.get().check();
        }
    }

    /**
     * The way to the agent, which is told on the console.
     *
     * @return empty if the controller sends all requests
     */
    public Optional<AgentLink> link(PreparedOperation<?> prepared, Run<?, ?> run, PrintStream console) {
        if (prepared.signers().agentUse().isEmpty()) {
            return Optional.empty();
        }
        BuildAgent chosen = agent.orElseThrow();
        console.println("Requests are sent from " + chosen.title());
        OperationRuntime runtime = OperationRuntime.get();
        return chosen.isBuiltIn()
                ? Optional.empty()
                : Optional.of(new RemotingLink(chosen, runtime.timer(), runtime.executor(run)));
    }
}
