package io.jenkins.plugins.cachepurge.client.akamai;

import java.util.Locale;

/** Network of Akamai that is purged. */
public enum AkamaiNetwork {
    PRODUCTION,
    STAGING;

    /** Its name in the API and in a Jenkinsfile. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
