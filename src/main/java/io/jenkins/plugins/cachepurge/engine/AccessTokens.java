package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The access tokens of the controller, in memory only. All operations with the same credentials share one; whoever needs it
 * first has it fetched, and the others wait for that. Safe for several threads; never blocks.
 */
public final class AccessTokens {

    /** An exchange that begins with a token must not outlive it. */
    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);

    private final ApiTransport transport;
    private final Quotas quotas;
    private final InstantSource clock;
    private final OtherPluginCredentialsResolver resolver;

    /** Guarded by this. */
    private final Map<TokenKey, Entry> entries = new HashMap<>();

    public AccessTokens(
            ApiTransport transport, Quotas quotas, InstantSource clock, OtherPluginCredentialsResolver resolver) {
        this.transport = transport;
        this.quotas = quotas;
        this.clock = clock;
        this.resolver = resolver;
    }

    /** A token, and who waits for the next one. */
    private static final class Entry {
        private Optional<Grant> grant = Optional.empty();
        private List<Consumer<Outcome<Signer>>> waiting = new ArrayList<>();
        private boolean fetching;
    }

    private record Grant(AccessToken token, Instant renewAt, Instant endsAt) {

        static Grant of(AccessToken token, Instant now) {
            Duration half = token.lifetime().dividedBy(2);
            Duration early = half.compareTo(RENEWED_BEFORE_END) < 0 ? half : RENEWED_BEFORE_END;
            Instant end = now.plus(token.lifetime());
            return new Grant(token, end.minus(early), end);
        }
    }

    /**
     * Turns what a lookup has found into a signer.
     *
     * @param credentialId of the credentials, for the quota of the token endpoint
     * @param receiver called once, at once if there is a signer; must not block
     */
    public void authenticate(Authentication found, String credentialId, Consumer<Outcome<Signer>> receiver) {
        if (found instanceof Signer signer) {
            receiver.accept(new Outcome.Success<>(signer));
        } else if (found instanceof TokenExchange exchange) {
            grant(exchange.key(), receiver, () -> fetch(exchange, credentialId));
        } else if (found instanceof OtherPluginCredentials pluginCredentials) {
            grant(
                    pluginCredentials.key(),
                    resolver.limited(pluginCredentials, receiver),
                    () -> resolver.resolve(pluginCredentials, outcome -> resolved(pluginCredentials.key(), outcome)));
        }
    }

    private void grant(TokenKey key, Consumer<Outcome<Signer>> receiver, Runnable fetch) {
        Optional<Signer> signer;
        boolean first = false;
        synchronized (this) {
            Instant now = clock.instant();
            Entry entry = entries.computeIfAbsent(key, unused -> new Entry());
            signer = entry.grant
                    .filter(grant -> now.isBefore(grant.renewAt()))
                    .map(grant -> grant.token().signer());
            if (signer.isEmpty()) {
                entry.waiting.add(receiver);
                first = !entry.fetching;
                entry.fetching = true;
            }
        }
        if (signer.isPresent()) {
            receiver.accept(new Outcome.Success<>(signer.get()));
        } else if (first) {
            fetch.run();
        }
    }

    private void resolved(TokenKey key, Outcome<AccessToken> outcome) {
        if (outcome instanceof Outcome.Failure<AccessToken> failure) {
            failed(key, failure.problem());
        } else if (outcome instanceof Outcome.Success<AccessToken> success) {
            AccessToken token = success.value();
            granted(key, new AccessToken(token.signer().grantedFor(key, Signer.NONE), token.lifetime()));
        }
    }

    private void fetch(TokenExchange exchange, String credentialId) {
        authenticate(exchange.authentication(), credentialId, outcome -> {
            if (outcome instanceof Outcome.Success<Signer> success) {
                awaitPermit(exchange, credentialId, success.value());
            } else if (outcome instanceof Outcome.Failure<Signer> failure) {
                failed(exchange.key(), failure.problem());
            }
        });
    }

    private void awaitPermit(TokenExchange exchange, String credentialId, Signer credentials) {
        Quota quota = quotas.of(exchange.call(), credentialId);
        Duration closed = quota.closedFor();
        if (closed.compareTo(HttpLimits.EXCHANGE_TIMEOUT) > 0) {
            failed(exchange.key(), ApiException.closed(exchange.call(), closed));
            return;
        }
        quota.await(quotas.spec(exchange.call()), permit -> send(exchange, credentials, permit));
    }

    private void send(TokenExchange exchange, Signer credentials, Quota.Permit permit) {
        try {
            transport.send(exchange.call(), credentials, HttpLimits.EXCHANGE_TIMEOUT, outcome -> {
                permit.report(outcome);
                permit.release();
                received(exchange, credentials, outcome);
            });
        } catch (RuntimeException e) {
            permit.giveBack();
            failed(exchange.key(), notSent(exchange.call(), e));
        }
    }

    private static ApiException notSent(ApiCall<?> call, RuntimeException defect) {
        String reason = "was not, since the plugin failed to send it (%s)"
                .formatted(defect.getClass().getSimpleName());
        return ApiException.failed(call.service(), call.purpose(), reason, "");
    }

    private void received(TokenExchange exchange, Signer credentials, Outcome<AccessToken> outcome) {
        if (outcome instanceof Outcome.Failure<AccessToken> failure) {
            if (failure.problem().isTokenRefused()) {
                refuse(credentials);
            }
            failed(exchange.key(), failure.problem());
        } else if (outcome instanceof Outcome.Success<AccessToken> success) {
            Signer signer = success.value().signer().grantedFor(exchange.key(), credentials);
            granted(exchange.key(), new AccessToken(signer, success.value().lifetime()));
        }
    }

    private void granted(TokenKey key, AccessToken token) {
        Instant now = clock.instant();
        List<Consumer<Outcome<Signer>>> receivers;
        synchronized (this) {
            entries.values().removeIf(entry -> !entry.fetching && isOver(entry, now));
            Entry entry = entries.get(key);
            entry.grant = Optional.of(Grant.of(token, now));
            receivers = stopFetching(entry);
        }
        receivers.forEach(receiver -> receiver.accept(new Outcome.Success<>(token.signer())));
    }

    private static boolean isOver(Entry entry, Instant now) {
        return entry.grant.filter(grant -> now.isBefore(grant.endsAt())).isEmpty();
    }

    private static List<Consumer<Outcome<Signer>>> stopFetching(Entry entry) {
        List<Consumer<Outcome<Signer>>> receivers = entry.waiting;
        entry.waiting = new ArrayList<>();
        entry.fetching = false;
        return receivers;
    }

    private void failed(TokenKey key, ApiException problem) {
        List<Consumer<Outcome<Signer>>> receivers;
        Outcome<Signer> outcome;
        synchronized (this) {
            Entry entry = entries.get(key);
            outcome = stillValid(entry, problem)
                    .<Outcome<Signer>>map(Outcome.Success::new)
                    .orElseGet(() -> new Outcome.Failure<>(problem));
            receivers = stopFetching(entry);
        }
        receivers.forEach(receiver -> receiver.accept(outcome));
    }

    /** A renewal that fails for now does no harm as long as the earlier token is valid. */
    private Optional<Signer> stillValid(Entry entry, ApiException problem) {
        Instant exchangeEnd = clock.instant().plus(HttpLimits.EXCHANGE_TIMEOUT);
        return entry.grant
                .filter(grant -> problem.kind().isRetryable() && exchangeEnd.isBefore(grant.endsAt()))
                .map(grant -> grant.token().signer());
    }

    /**
     * A service has refused a request with this signer: its access token is not used again.
     *
     * @return false if it signs with credentials themselves, so that a repeat would be refused, too
     */
    public boolean refuse(Signer signer) {
        signer.token().ifPresent(key -> {
            synchronized (this) {
                Entry entry = entries.get(key);
                if (entry != null
                        && entry.grant
                                .filter(grant -> grant.token().signer() == signer)
                                .isPresent()) {
                    entry.grant = Optional.empty();
                }
            }
        });
        return signer.token().isPresent();
    }
}
