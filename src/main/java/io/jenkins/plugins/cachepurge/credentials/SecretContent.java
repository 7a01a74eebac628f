package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Content of a "Secret file" or "Secret text". */
final class SecretContent {

    /** More than any file with keys has. */
    private static final int MAX_BYTES = 65_536;

    private SecretContent() {}

    /**
     * The text of either; of a file no more than 64 KiB.
     *
     * @throws CredentialsException if the file cannot be read; does not quote it
     */
    static String of(StandardCredentials found) throws CredentialsException {
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        try (InputStream content = ((FileCredentials) found).getContent()) {
            return new String(content.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CredentialsException("credentialsId: the file of '%s' cannot be read (%s)"
                    .formatted(PrintableText.quote(found.getId()), e.getClass().getSimpleName()));
        }
    }
}
