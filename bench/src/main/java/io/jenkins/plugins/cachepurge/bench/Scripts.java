package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is compared, as Jenkinsfiles: Pipeline's own steps, this plugin's, and what people write with the HTTP Request plugin. */
final class Scripts {

    private static final DemoData DATA = DemoData.STANDARD;

    private final URI buddy;
    private final URI scaleway;
    private final boolean httpRequest;

    /** @param httpRequest whether the HTTP Request plugin is there */
    Scripts(URI buddy, URI scaleway, boolean httpRequest) {
        this.buddy = buddy;
        this.scaleway = scaleway;
        this.httpRequest = httpRequest;
    }

    /** By name: one call after the other, of which nobody waits for an end. */
    Map<String, String> oneAfterTheOther(int times) {
        Map<String, String> steps = single();
        steps.replaceAll((name, step) -> "for (int i = 0; i < %d; i++) { %s }".formatted(times, step));
        return steps;
    }

    /**
     * The same in one build, some of each by turns, so that whatever the machine does meanwhile meets all of them. It says
     * {@code TOOK name milliseconds} of each.
     *
     * @param times a multiple of {@code atOnce}
     */
    String byTurns(int times, int atOnce) {
        StringBuilder turn = new StringBuilder();
        single().forEach((name, step) -> turn.append("took.%1$s = (took.%1$s ?: 0) - System.currentTimeMillis()\n"
                        .formatted(name))
                .append("for (int i = 0; i < %d; i++) { %s }\n".formatted(atOnce, step))
                .append("took.%s += System.currentTimeMillis()\n".formatted(name)));
        StringBuilder end = new StringBuilder();
        single().keySet().forEach(name -> end.append("echo \"TOOK %1$s ${took.%1$s}\"\n".formatted(name)));
        return "def took = [:]\nfor (int turn = 0; turn < %d; turn++) {\n%s}\n%s".formatted(times / atOnce, turn, end);
    }

    private Map<String, String> single() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("echo", "echo 'x'");
        steps.put("sleep", "sleep time: 1, unit: 'MILLISECONDS'");
        steps.put(
                "buddyClearCache",
                "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: '%s'"
                        .formatted(buddy));
        if (httpRequest) {
            steps.put(
                    "httpRequest",
                    "httpRequest url: '%s/workspaces/acme/projects/website/pipelines/2', httpMode: 'PATCH', quiet: true, contentType: 'APPLICATION_JSON', requestBody: '{\"clear_cache\":true}', customHeaders: [[name: 'Authorization', value: 'Bearer %s', maskValue: true]]"
                            .formatted(buddy, DATA.buddyToken()));
        }
        return steps;
    }

    /**
     * Purges URLs at Fastly.
     *
     * @param purges false to make them up and wait instead, for as long as it takes at 50 ms a request
     */
    static String urls(String api, int count, boolean purges) {
        return """
                def urls = ('https://www.example.com/products/' + (1..%d).join(' https://www.example.com/products/')).split(' ') as List
                %s
                """
                .formatted(
                        count,
                        purges
                                ? "cdnPurge cdn: fastly(credentialsId: 'fastly', serviceId: '%s', apiUrl: '%s'), urls: urls, timeout: 3600"
                                        .formatted(FastlySimulator.DEMO_SERVICE, api)
                                : "sleep 17");
    }

    /** By name: branches that all wait for what takes 20 s. */
    Map<String, String> branches(int count) {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("sleep", "sleep 20");
        steps.put(
                "cdnPurge",
                "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '%s', apiUrl: '%s'), paths: ['/index.html']"
                        .formatted(DATA.scalewayPipelineId(), scaleway));
        if (httpRequest) {
            steps.put("loop", loop());
        }
        steps.replaceAll((name, step) ->
                "def branches = [:]; for (int i = 0; i < %d; i++) { branches['b' + i] = { %s } }; parallel branches"
                        .formatted(count, step));
        return steps;
    }

    private String loop() {
        return """
                def headers = [[name: 'X-Auth-Token', value: '%s', maskValue: true]]
                def url = '%s/edge-services/v1beta1/purge-requests'
                def body = '{"pipeline_id":"%s","assets":["/index.html"]}'
                def said = httpRequest(url: url, httpMode: 'POST', quiet: true, contentType: 'APPLICATION_JSON', requestBody: body, customHeaders: headers).content
                def id = said.split('"id":"')[1].split('"')[0]
                while (said.contains('"status":"pending"')) {
                    sleep 1
                    said = httpRequest(url: url + '/' + id, quiet: true, customHeaders: headers).content
                }
                """
                .formatted(DATA.scalewaySecretKey(), scaleway, DATA.scalewayPipelineId());
    }
}
