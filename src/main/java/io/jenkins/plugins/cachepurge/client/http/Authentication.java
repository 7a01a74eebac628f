package io.jenkins.plugins.cachepurge.client.http;

/** What a lookup of credentials leads to: a signer, or an exchange that gets one. Holds secrets, and is never stored. */
public sealed interface Authentication permits Signer, TokenExchange {}
