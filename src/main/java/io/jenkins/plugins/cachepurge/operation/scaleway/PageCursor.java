package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import java.io.Serializable;

/**
 * Where a walk through the pages of a list has got to. The service may give fewer than asked for, so what the first page
 * held tells how many pages there are, as in Scaleway's own clients.
 *
 * @param page the next page, 1 for the first
 * @param firstSize how many the first page held, 0 before it was read
 */
record PageCursor(int page, int firstSize) implements Serializable {

    static final PageCursor FIRST = new PageCursor(1, 0);

    /** Few enough for any service, enough for most answers to be one page. */
    static final int PAGE_SIZE = 50;

    PageCursor after(ScalewayPurgeRequestPage read) {
        return new PageCursor(page + 1, page == 1 ? read.requests().size() : firstSize);
    }

    /** True where the page that was just read is the last. */
    boolean endsWith(ScalewayPurgeRequestPage read) {
        PageCursor next = after(read);
        return read.requests().isEmpty() || (long) page * next.firstSize() >= read.totalCount();
    }
}
