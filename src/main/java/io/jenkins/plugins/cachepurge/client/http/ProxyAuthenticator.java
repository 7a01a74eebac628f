package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Authenticator for proxies: logs in if the proxy requires it, once for each request or tunnel. A wrong password is not
 * sent twice, since that may lock the account.
 *
 * <p>A proxy that requires a login has forwarded nothing, so the request is sent again also if it must not be repeated.
 * Sending the login with each request from the start would save the first of the two, but would give the password away
 * to a proxy that asks for none, or for a scheme that keeps it secret.
 */
final class ProxyAuthenticator implements Authenticator {

    private static final String CHALLENGE = "Proxy-Authenticate";

    /** Challenge with which OkHttp requests a login before the proxy does. */
    private static final String PREEMPTIVE = "OkHttp-Preemptive";

    private static final Pattern BASIC = Pattern.compile("(^|,)\\s*basic\\b", Pattern.CASE_INSENSITIVE);

    private final Authenticator basic;

    /** @param basic has the user name and password; supports only Basic authentication */
    ProxyAuthenticator(Authenticator basic) {
        this.basic = basic;
    }

    @Override
    public Request authenticate(Route route, Response response) throws IOException {
        if (PREEMPTIVE.equals(response.header(CHALLENGE))) {
            return null;
        }
        boolean refused = response.request().header("Proxy-Authorization") != null;
        Request login = refused || !asksForBasic(response)
                ? null
                : basic.authenticate(
                        route, response.newBuilder().header(CHALLENGE, "Basic").build());
        if (login == null && response.request().method().equals("CONNECT")) {
            throw ProxyRefusedException.of(response);
        }
        if (login != null && login.body() instanceof OneShotBody body) {
            body.allowResend();
        }
        return login;
    }

    /** Also true if it is one of several schemes, or if the realm is not quoted as it should be. */
    private static boolean asksForBasic(Response response) {
        return response.headers(CHALLENGE).stream()
                .anyMatch(challenge -> BASIC.matcher(challenge).find());
    }
}
