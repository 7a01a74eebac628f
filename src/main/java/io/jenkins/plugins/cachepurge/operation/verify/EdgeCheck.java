package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;

/**
 * A CDN's own check of what each of its places serves. A page is first requested as visitors do; if that answer is as
 * expected, the digest of its body is compared with those of all places.
 */
public interface EdgeCheck {

    /** The digest that the CDN reports. */
    BodyDigestAlgorithm algorithm();

    /** The request for one page; only reads, and has the CDN's quota for such requests. */
    ApiCall<EdgeReport> check(PageUrl page);
}
