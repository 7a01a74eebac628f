package io.jenkins.plugins.cachepurge;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import io.jenkins.plugins.cachepurge.simulator.DemoData;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.FelderaSimulator;
import io.jenkins.plugins.cachepurge.simulator.GotipathSimulator;
import io.jenkins.plugins.cachepurge.simulator.ScalewaySimulator;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** The four services on loopback, so fast that a step finds everything done when it first asks. */
public final class SimulatedServices implements AutoCloseable {

    public static final DemoData DATA = DemoData.STANDARD;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());

    public final BuddySimulator buddy = DATA.buddy(clock).executionEndsAfter(Duration.ZERO, "SUCCESSFUL");
    public final ScalewaySimulator scaleway = DATA.scaleway(clock).purgeTakes(Duration.ZERO, "done");
    public final GotipathSimulator gotipath = DATA.gotipath(clock);
    public final FelderaSimulator feldera =
            DATA.feldera(clock).clearingTakes(Duration.ZERO).stoppingTakes(Duration.ZERO);

    public final FaultInjectingService buddyWire = new FaultInjectingService(buddy);
    public final FaultInjectingService scalewayWire = new FaultInjectingService(scaleway);
    public final FaultInjectingService gotipathWire = new FaultInjectingService(gotipath);
    public final FaultInjectingService felderaWire = new FaultInjectingService(feldera);

    private final SimServer buddyServer = SimServer.start(buddyWire);
    private final SimServer scalewayServer = SimServer.start(scalewayWire);
    private final SimServer gotipathServer = SimServer.start(gotipathWire);
    private final SimServer felderaServer = SimServer.start(felderaWire);

    public List<String> urls() {
        return List.of(buddyUrl(), scalewayUrl(), gotipathUrl(), felderaUrl());
    }

    public String buddyUrl() {
        return buddyServer.url().toString();
    }

    public String scalewayUrl() {
        return scalewayServer.url().toString();
    }

    /** A CDN of a job: the demo pipeline, with the credentials that are introduced. */
    public ScalewayProvider scalewayProvider() {
        ScalewayProvider provider = new ScalewayProvider("scw", DATA.scalewayPipelineId());
        provider.setApiUrl(scalewayUrl());
        return provider;
    }

    public String gotipathUrl() {
        return gotipathServer.url().toString();
    }

    public String felderaUrl() {
        return felderaServer.url().toString();
    }

    /** How many requests reached any of the services. */
    public int requests() {
        return List.of(buddyWire, scalewayWire, gotipathWire, felderaWire).stream()
                .mapToInt(wire -> wire.requests().size())
                .sum();
    }

    /** Lets time pass for the services only. */
    public void pass(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    /** Lets the running Jenkins use them: credentials named after the services, and approved URLs. */
    public void introduce() throws IOException {
        introduce(urls());
    }

    /** The same in a Jenkins that is not in the process of the services. */
    public static void introduce(List<String> urls) throws IOException {
        CachePurgeConfiguration.get().setAllowedApiUrls(urls);
        add(secretText("buddy", DATA.buddyToken()));
        add(secretText("scw", DATA.scalewaySecretKey()));
        add(secretText("feldera", DATA.felderaApiKey()));
        add(new GotipathApiCredentials(
                CredentialsScope.GLOBAL,
                "goti",
                "",
                DATA.gotipathClientId(),
                DATA.gotipathLibraryId(),
                Secret.fromString(DATA.gotipathApiKey())));
    }

    public static Credentials secretText(String id, String secret) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret));
    }

    public static Credentials usernamePassword(String id, String user, String password) {
        try {
            return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password);
        } catch (Descriptor.FormException e) {
            throw new AssertionError(e);
        }
    }

    public static void add(Credentials credentials) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    /** A Jenkinsfile's text, with the addresses of the services put in. */
    public String jenkinsfile(String text) {
        return text.replace("BUDDY_URL", "'" + buddyUrl() + "'")
                .replace("SCALEWAY_URL", "'" + scalewayUrl() + "'")
                .replace("GOTIPATH_URL", "'" + gotipathUrl() + "'")
                .replace("FELDERA_URL", "'" + felderaUrl() + "'")
                .replace("SCALEWAY_PIPELINE", "'" + DATA.scalewayPipelineId() + "'")
                .replace("DISTRIBUTION", "'" + DATA.gotipathDistributionId() + "'");
    }

    @Override
    public void close() {
        List.of(buddyServer, scalewayServer, gotipathServer, felderaServer).forEach(SimServer::close);
    }
}
