package io.jenkins.plugins.cachepurge.client.http;

/** Response that says nothing beyond that the request was accepted. */
public record NoContent() {}
