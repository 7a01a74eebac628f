package io.jenkins.plugins.cachepurge.operation.httpcache;

import java.util.List;

/**
 * Addresses at which an instance of a cache is purged.
 *
 * @param isAll whether all addresses of its name are
 * @param listed names or addresses that stand for its host; empty for what the host resolves to
 */
public record InstanceAddressOption(boolean isAll, List<String> listed) {

    /** One of the addresses of its name, as the connection is made. */
    public static final InstanceAddressOption ANY = new InstanceAddressOption(false, List.of());

    /** All addresses of its name. */
    public static final InstanceAddressOption ALL = new InstanceAddressOption(true, List.of());

    public InstanceAddressOption {
        listed = List.copyOf(listed);
    }
}
