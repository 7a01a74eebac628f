package io.jenkins.plugins.cachepurge.cdn;

import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.azure.AzureFrontDoorPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/**
 * Endpoint of Azure Front Door that a job purges.
 *
 * @param domains names of hosts; empty for that of the endpoint itself
 */
record AzureFrontDoorTarget(AzureFrontDoorClient client, List<String> domains, ServiceEndpoint endpoint)
        implements CdnTarget {

    @Override
    public String name() {
        return client.endpoint();
    }

    @Override
    public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
        return new AzureFrontDoorPurge(client, domains, selection, options).operation();
    }
}
