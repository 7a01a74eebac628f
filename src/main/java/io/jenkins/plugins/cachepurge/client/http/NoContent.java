package io.jenkins.plugins.cachepurge.client.http;

/** Response without content, to an accepted request. */
public record NoContent() {}
