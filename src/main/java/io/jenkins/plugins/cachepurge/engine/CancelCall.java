package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;

/**
 * Request that cancels a part.
 *
 * @param account name of the part's credentials; empty for those of the operation
 */
record CancelCall(String account, ApiCall<?> call) {}
