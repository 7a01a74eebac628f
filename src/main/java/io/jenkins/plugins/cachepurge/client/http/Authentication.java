package io.jenkins.plugins.cachepurge.client.http;

/**
 * What a lookup of credentials leads to: a signer, an exchange that gets one, or the code of others that knows one. Holds
 * secrets, and is never stored.
 */
public sealed interface Authentication permits Signer, TokenExchange, OtherPluginCredentials {}
