package io.jenkins.plugins.cachepurge.client.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Dns;

/**
 * Resolver that refuses forbidden addresses of one host. OkHttp connects to the addresses that it returns and resolves
 * nothing again, so a name cannot resolve to another address after the check. Equal ones share connections, others do not.
 *
 * @param host the host of the request; a proxy has another, and may have any address
 */
record CheckedDns(String host, AddressRule rule, Dns resolver) implements Dns {

    /** What OkHttp connects to without asking a resolver. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9.]+");

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        if (!hostname.equals(host)) {
            return resolver.lookup(hostname);
        }
        List<InetAddress> addresses = resolver.lookup(rule.placeOf(hostname));
        for (InetAddress address : addresses) {
            check(address);
        }
        List<InetAddress> rotated = new ArrayList<>(addresses);
        Collections.rotate(rotated, -rule.rotation());
        return rotated;
    }

    static boolean isLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    /** Checks a host that is an address itself. */
    void checkLiteral() throws UnknownHostException {
        if (isLiteral(host)) {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                check(address);
            }
        }
    }

    private void check(InetAddress address) throws ForbiddenAddressException {
        AddressScope scope = AddressScope.of(address);
        if (!rule.allows(scope)) {
            throw new ForbiddenAddressException(address, scope);
        }
    }
}
