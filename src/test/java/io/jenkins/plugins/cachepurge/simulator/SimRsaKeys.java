package io.jenkins.plugins.cachepurge.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RSA keys, short ones and the same for the same owner: to generate and to use long ones takes longer than most tests, and each of
 * thousands of simulators needs some.
 */
final class SimRsaKeys {

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    private SimRsaKeys() {}

    static KeyPair of(String owner) {
        return KEYS.computeIfAbsent(owner, ignored -> generate());
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
