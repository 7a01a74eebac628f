package io.jenkins.plugins.cachepurge.operation.fastly;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyPlace;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.verify.EdgeCheck;
import io.jenkins.plugins.cachepurge.operation.verify.EdgeReport;
import java.util.List;

/** Fastly's own check of what each of its places serves. */
public record FastlyEdgeCheck(FastlyClient client) implements EdgeCheck {

    @Override
    public BodyDigestAlgorithm algorithm() {
        return BodyDigestAlgorithm.MD5;
    }

    @Override
    public ApiCall<EdgeReport> check(PageUrl page) {
        return client.edgeCheck(page).map(FastlyEdgeCheck::report);
    }

    /** A place has several servers. */
    private static EdgeReport report(List<FastlyPlace> servers) {
        return new EdgeReport(servers.stream()
                .map(server -> new EdgeReport.Place(server.pop(), server.hash()))
                .distinct()
                .toList());
    }
}
