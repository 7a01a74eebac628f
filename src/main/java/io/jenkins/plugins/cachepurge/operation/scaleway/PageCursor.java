package io.jenkins.plugins.cachepurge.operation.scaleway;

import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayPurgeRequestPage;
import java.io.Serializable;

/**
 * Cursor of the pages of a list. Pages may be shorter than requested, so the length of the first page determines the
 * number of pages, as in Scaleway's own clients.
 *
 * @param page the next page, 1 for the first
 * @param firstSize length of the first page, 0 before it was read
 */
record PageCursor(int page, int firstSize) implements Serializable {

    static final PageCursor FIRST = new PageCursor(1, 0);

    /** Requested length of a page; most lists fit into one. */
    static final int PAGE_SIZE = 50;

    PageCursor after(ScalewayPurgeRequestPage read) {
        return new PageCursor(page + 1, page == 1 ? read.requests().size() : firstSize);
    }

    /** True if the page that was just read is the last. */
    boolean endsWith(ScalewayPurgeRequestPage read) {
        PageCursor next = after(read);
        return read.requests().isEmpty() || (long) page * next.firstSize() >= read.totalCount();
    }
}
