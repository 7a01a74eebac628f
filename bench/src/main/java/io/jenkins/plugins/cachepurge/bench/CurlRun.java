package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The same purges at Fastly as many people write them: a process of curl for each URL. */
final class CurlRun {

    private CurlRun() {}

    /**
     * Purges URLs.
     *
     * @param api base URL of the service
     * @param urls with {@code https://}
     * @return seconds
     */
    static double purge(String api, List<String> urls, int concurrency) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process xargs = new ProcessBuilder(
                        "xargs",
                        "-P",
                        Integer.toString(concurrency),
                        "-n",
                        "1",
                        "curl",
                        "-sf",
                        "-o",
                        "/dev/null",
                        "-X",
                        "POST",
                        "-H",
                        FastlyClient.TOKEN_HEADER + ": " + FastlySimulator.DEMO_TOKEN)
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (PrintWriter in = new PrintWriter(xargs.outputWriter())) {
            urls.forEach(url -> in.println(api + "/purge/" + url.substring("https://".length())));
        }
        if (xargs.waitFor() != 0) {
            throw new IllegalStateException("xargs ended with " + xargs.exitValue());
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
