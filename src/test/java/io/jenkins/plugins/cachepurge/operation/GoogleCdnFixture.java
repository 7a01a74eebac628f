package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.google.GoogleTokens;
import io.jenkins.plugins.cachepurge.client.google.ServiceAccountKey;
import io.jenkins.plugins.cachepurge.client.google.WorkloadIdentity;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.google.GoogleCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedGoogleInvalidation;
import java.util.List;
import java.util.Optional;

/** Google Cloud CDN with a URL map, and the key of a service account. */
public final class GoogleCdnFixture {

    public final VirtualTime time = new VirtualTime();
    public final GoogleCdnSimulator google = GoogleCdnSimulator.demo(time);
    public final EngineHarness harness;

    public GoogleCdnFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, google, Signer.NONE);
        ServiceAccountKey key = ServiceAccountKey.parse(google.account().jsonKey(GoogleTokens.OAUTH_URL + "/token"));
        harness.lookUpCredentials(() -> GoogleTokens.of(key));
    }

    /** From now on the credentials are an id token, a new one for each request. */
    public void federate(Optional<String> serviceAccount) {
        WorkloadIdentity identity = new WorkloadIdentity(
                GoogleCdnSimulator.DEMO_PROVIDER, serviceAccount, GoogleTokens.STS_URL, GoogleTokens.IAM_URL);
        harness.lookUpCredentials(
                () -> GoogleTokens.of(IdToken.of(google.issuer().token(GoogleCdnSimulator.DEMO_SUBJECT)), identity));
    }

    public static Operation<?, PurgeResult> purge(PurgeSelection what, PurgeOptions options) {
        GoogleCdnClient client = new GoogleCdnClient(
                ApiUrl.of("https://compute.googleapis.com"),
                GoogleCdnSimulator.DEMO_PROJECT,
                GoogleCdnSimulator.DEMO_URL_MAP);
        return new GoogleCdnPurge(client, what, options).operation();
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

    /** What each invalidation selects, oldest first. */
    public List<String> submitted() {
        return google.invalidations().stream()
                .map(RecordedGoogleInvalidation::selects)
                .toList();
    }
}
