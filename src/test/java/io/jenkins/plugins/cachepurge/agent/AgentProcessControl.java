package io.jenkins.plugins.cachepurge.agent;

import hudson.model.Slave;
import hudson.slaves.SlaveComputer;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/** The process of an agent. */
record AgentProcessControl(SlaveComputer computer) {

    static AgentProcessControl of(Slave agent) {
        return new AgentProcessControl((SlaveComputer) agent.toComputer());
    }

    private static final class Pid extends MasterToSlaveCallable<Long, RuntimeException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    private static final class ThreadNames extends MasterToSlaveCallable<TreeSet<String>, RuntimeException> {

        private static final long serialVersionUID = 1L;

        @Override
        public TreeSet<String> call() {
            TreeSet<String> names = new TreeSet<>();
            Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
            return names;
        }
    }

    long pid() throws IOException, InterruptedException {
        return computer.getChannel().call(new Pid());
    }

    /** Names of its threads. */
    Set<String> threads() throws IOException, InterruptedException {
        return computer.getChannel().call(new ThreadNames());
    }

    /** Ends it as a crash does. */
    void kill() throws Exception {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    /** Starts another one. */
    void connectAgain() throws Exception {
        computer.connect(true).get(60, TimeUnit.SECONDS);
    }
}
