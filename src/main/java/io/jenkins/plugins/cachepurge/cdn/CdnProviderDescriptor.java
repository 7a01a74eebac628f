package io.jenkins.plugins.cachepurge.cdn;

import hudson.model.Descriptor;

/** Tells what kind of CDN a {@link CdnProvider} is. Its symbol is the provider's name in a Jenkinsfile. */
public abstract class CdnProviderDescriptor extends Descriptor<CdnProvider> {}
