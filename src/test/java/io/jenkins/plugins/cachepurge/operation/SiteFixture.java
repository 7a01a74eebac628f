package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Site whose layers are caches at locations such as {@code /inner}, each with a token that is its name. */
public final class SiteFixture {

    static final PurgeSelection PAGES = new PurgeSelection(SelectionType.PATHS, List.of("/a", "/b"));

    public final VirtualTime time = new VirtualTime();
    public final EngineHarness harness;
    private final Caches caches = new Caches();
    private final Accounts accounts = new Accounts();

    public SiteFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, caches, Signer.NONE);
        harness.lookUpCredentials(accounts);
    }

    /** The caches: each takes requests with its own token only. */
    private static final class Caches implements SimService {

        private final List<String> purged = new ArrayList<>();
        private final Map<String, Integer> failing = new HashMap<>();

        @Override
        public String name() {
            return "caches";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            String layer = request.path().split("/")[1];
            boolean allowed = request.header("Authorization")
                    .filter(("Bearer " + layer)::equals)
                    .isPresent();
            int status = allowed ? failing.getOrDefault(layer, 200) : 401;
            if (status != 200) {
                return SimResponse.json(status, Map.of());
            }
            purged.add(request.path().substring(1));
            return SimResponse.json(200, Map.of("Key", request.path()));
        }
    }

    private static final class Accounts implements SignerProvider {

        private final Set<String> missing = new HashSet<>();

        @Override
        public Authentication authentication() {
            throw new IllegalStateException("only layers have credentials");
        }

        @Override
        public SignerProvider forAccount(String account) {
            return new SignerProvider() {
                @Override
                public Authentication authentication() throws CredentialsException {
                    if (missing.contains(account)) {
                        throw new CredentialsException("no credentials for " + account);
                    }
                    return Signer.bearer(account);
                }

                @Override
                public String credentialId() {
                    return account;
                }
            };
        }
    }

    /** Of the pages /a and /b. */
    public static Operation<?, PurgeResult> purge(String... layers) {
        List<SitePurge.Layer> all = Stream.of(layers)
                .map(name -> new SitePurge.Layer(name, layer(name)))
                .toList();
        return new SitePurge("www", LocalizedText.inOneLanguage("www"), PAGES, all).operation();
    }

    static Operation<?, PurgeResult> layer(String name) {
        return new HttpCachePurge(
                        "nginx",
                        new NginxClient(false),
                        new PurgeScopes(PAGES, "www.example.org"),
                        List.of(ApiUrl.of("http://caches.example.org/" + name)))
                .operation();
    }

    /** From now on a layer answers with an HTTP status. */
    void fail(String layer, int status) {
        caches.failing.put(layer, status);
    }

    void loseCredentials(String layer) {
        accounts.missing.add(layer);
    }

    /** The purged pages in their order, such as {@code inner/a}. */
    public List<String> purged() {
        return List.copyOf(caches.purged);
    }
}
