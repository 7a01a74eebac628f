package io.jenkins.plugins.cachepurge.client.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Thrown for an address that a request must not be sent to. No connection was made. */
final class ForbiddenAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(InetAddress address, AddressScope scope) {
        super("%s, which is %s".formatted(address.getHostAddress(), scope.name().toLowerCase(Locale.ROOT)));
    }

    /** Such an exception among the causes of another. */
    static Optional<ForbiddenAddressException> in(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
                .filter(ForbiddenAddressException.class::isInstance)
                .map(ForbiddenAddressException.class::cast)
                .findFirst();
    }
}
