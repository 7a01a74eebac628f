package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/** A service account of Google with one key. */
public final class SimGoogleServiceAccount {

    private static final String KEY_ID = "8a7f6e5d4c3b2a190817263544536271809f0e1d";

    private final String email;
    private final KeyPair keys;

    /** An account with a key of its own. */
    SimGoogleServiceAccount(String email) {
        this.email = email;
        this.keys = SimRsaKeys.of(email);
    }

    public String email() {
        return email;
    }

    /** The private key, base64 without line breaks: what must never be seen. */
    public String secret() {
        return Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    }

    /** The file that Google gives out. */
    public String jsonKey(String tokenUrl) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return SimJson.text(SimJson.object()
                .put("type", "service_account")
                .put("project_id", "acme-web")
                .put("private_key_id", KEY_ID)
                .put("private_key", pem)
                .put("client_email", email)
                .put("client_id", "112233445566778899001")
                .put("auth_uri", "https://accounts.google.com/o/oauth2/auth")
                .put("token_uri", tokenUrl)
                .put("universe_domain", "googleapis.com"));
    }

    /** The claims of an assertion; empty if this account has not signed it. Google's client for Node.js names no key. */
    Optional<JsonNode> verify(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            boolean signed = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            Optional<JsonNode> header = SimJson.parse(Base64.getUrlDecoder().decode(parts[0]))
                    .filter(json -> json.path("alg").asText().equals("RS256"))
                    .filter(json -> json.path("kid").asText(KEY_ID).equals(KEY_ID));
            return signed && header.isPresent()
                    ? SimJson.parse(Base64.getUrlDecoder().decode(parts[1]))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
