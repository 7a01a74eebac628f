package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.demo.JenkinsHttpClient;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs scripts as builds of their own, and says what they cost the process that Jenkins is. */
final class BuildMeasurements {

    private static final String MANAGEMENT = "java.lang.management.ManagementFactory.";
    private static final int HALF_WAY_SECONDS = 15;

    private final JenkinsHttpClient jenkins;
    private int jobs;

    BuildMeasurements(JenkinsHttpClient jenkins) {
        this.jenkins = jenkins;
    }

    /**
     * What one build cost.
     *
     * @param threads at the peak, more than before
     */
    record Cost(double seconds, double cpuSeconds, double kilobytes, double threads) {}

    Cost cost(String script) throws Exception {
        String cpu = MANAGEMENT + "operatingSystemMXBean.processCpuTime";
        String threads = MANAGEMENT + "threadMXBean.peakThreadCount";
        jenkins.script("System.gc(); " + MANAGEMENT + "threadMXBean.resetPeakThreadCount()");
        double threadsBefore = number(threads);
        double cpuBefore = number(cpu);
        double seconds = run(script) / 1000.0;
        return new Cost(
                seconds, (number(cpu) - cpuBefore) / 1e9, bytes() / 1024, number(threads) - threadsBefore);
    }

    /** CPU time of the threads that send requests and read responses, so far, in seconds. Nothing else of Jenkins is in it. */
    double cpuSecondsOfOwnThreads() throws Exception {
        return number(
                        """
                        def threads = java.lang.management.ManagementFactory.threadMXBean
                        threads.getThreadInfo(threads.allThreadIds).findAll { it != null && it.threadName ==~ /(cache-purge|OkHttp|Okio).*/ }.collect { threads.getThreadCpuTime(it.threadId) }.sum(0)""")
                / 1e9;
    }

    /** @return what a script that measures by itself says: {@code TOOK}, a name and a number, a line each */
    Map<String, Double> said(String script) throws Exception {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        run(script, new PrintStream(console, true, StandardCharsets.UTF_8));
        Map<String, Double> said = new LinkedHashMap<>();
        console.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals("TOOK"))
                .forEach(words -> said.put(words[1], Double.valueOf(words[2])));
        return said;
    }

    /** @return how many more bytes of heap a build takes while it waits than when it is over */
    double heap(String script) throws Exception {
        CompletableFuture<Void> build = CompletableFuture.runAsync(() -> {
            try {
                run(script);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.sleep(HALF_WAY_SECONDS * 1000L);
        double during = heap();
        build.get();
        return during - heap();
    }

    private double heap() throws Exception {
        return number("System.gc(); System.gc(); " + MANAGEMENT + "memoryMXBean.heapMemoryUsage.used");
    }

    /** @return the size of all files of the last build */
    private double bytes() throws Exception {
        return number(
                """
                long total = 0
                jenkins.model.Jenkins.get().getItem('bench%d').getBuildByNumber(1).rootDir.traverse(type: groovy.io.FileType.FILES) { total += it.length() }
                total"""
                        .formatted(jobs));
    }

    private double number(String groovy) throws Exception {
        int last = Math.max(groovy.lastIndexOf("; ") + 1, groovy.lastIndexOf('\n') + 1);
        return Double.parseDouble(
                jenkins.script(groovy.substring(0, last) + " print(" + groovy.substring(last).strip() + ")"));
    }

    /** @return milliseconds */
    private long run(String script) throws Exception {
        return run(script, new PrintStream(OutputStream.nullOutputStream()));
    }

    private long run(String script, PrintStream console) throws Exception {
        String job = "bench" + ++jobs;
        if (!jenkins.run(job, script, console)) {
            throw new IllegalStateException(job + " failed: " + script);
        }
        return jenkins.duration(job);
    }
}
