package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.azure.AzureApplication;
import io.jenkins.plugins.cachepurge.client.azure.AzureCloud;
import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.azure.AzureTokens;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.azure.AzureFrontDoorPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedAzurePurge;
import java.util.List;

/** Azure Front Door with an endpoint, and an application with a secret. */
public final class AzureFixture {

    private static final AzureApplication APPLICATION = new AzureApplication(
            AzureCloud.PUBLIC.loginUrl(),
            AzureSimulator.DEMO_TENANT,
            AzureSimulator.DEMO_CLIENT,
            AzureCloud.PUBLIC.managementUrl());

    public final VirtualTime time = new VirtualTime();
    public final AzureSimulator azure = AzureSimulator.demo(time);
    public final EngineHarness harness;

    public AzureFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, azure, Signer.NONE);
        useSecret(AzureSimulator.DEMO_SECRET);
    }

    public void useSecret(String secret) {
        harness.lookUpCredentials(() -> AzureTokens.ofSecret(APPLICATION, secret));
    }

    /** From now on the credentials are an id token, a new one for each request. */
    public void useIdTokenOf(String subject) {
        harness.lookUpCredentials(() ->
                AzureTokens.ofIdToken(APPLICATION, IdToken.of(azure.issuer().token(subject))));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, PurgeOptions options, String... domains) {
        AzureFrontDoorClient client = new AzureFrontDoorClient(
                AzureCloud.PUBLIC.managementUrl(),
                AzureSimulator.DEMO_SUBSCRIPTION,
                AzureSimulator.DEMO_GROUP,
                AzureSimulator.DEMO_PROFILE,
                AzureSimulator.DEMO_ENDPOINT);
        return new AzureFrontDoorPurge(client, List.of(domains), what, options).operation();
    }

    /** A purge whose end is waited for. */
    public static Operation<?, PurgeResult> purge(PurgeSelection what) {
        return purge(what, new PurgeOptions(false, true, "e1"));
    }

    public static Operation<?, PurgeResult> purgeAll() {
        return purge(PurgeSelection.all());
    }

    /** Of the paths /0, /1 and so on. */
    public static PurgeSelection paths(int count) {
        return new PurgeSelection(SelectionType.PATHS, FastlyFixture.numbered("/", count));
    }

    /** The paths of each purge, oldest first. */
    public List<List<String>> submitted() {
        return azure.purges().stream().map(RecordedAzurePurge::paths).toList();
    }
}
