package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and where they lead. */
class AddressScopeTest {

    private static AddressScope scope(String literal) throws UnknownHostException {
        return AddressScope.of(InetAddress.getByName(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00::1",
                "64:ff9b::1.1.1.1",
                "2002:101:101::1"
            })
    void global(String literal) throws UnknownHostException {
        assertEquals(AddressScope.GLOBAL, scope(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "198.18.0.1",
                "fc00::1",
                "fdff::1",
                "::ffff:10.1.2.3",
                "64:ff9b::10.1.2.3",
                "2002:a01:203::1",
                "::10.1.2.3",
                "64:ff9b:1::10.1.2.3"
            })
    void privateNetworks(String literal) throws UnknownHostException {
        assertEquals(AddressScope.PRIVATE, scope(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.0",
                "192.0.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "::127.0.0.1"
            })
    void thisMachineAndItsLink(String literal) throws UnknownHostException {
        assertEquals(AddressScope.LOCAL, scope(literal));
    }
}
