package io.jenkins.plugins.cachepurge.caches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purges of two real caches, one in front of the other, while visitors ask for the purged page all the time. */
class SiteOrderTest {

    private static final String PAGE = "/news.html";
    private static final PurgeSelection SELECTION = PurgeSelection.paths(PAGE);

    /** Enough that somebody asks between the two purges, though each round is a matter of luck. */
    private static final int ROUNDS_IN_WRONG_ORDER = 200;

    private static final int ROUNDS = 30;

    private CachedSite site;
    private Visitors visitors;
    private int edition = 1;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(CachedSite.isInstalled());
        site = CachedSite.start();
        visitors = Visitors.start(site.outerUrl(), PAGE);
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            visitors.close();
            site.close();
        }
    }

    private Set<String> pagesAfterPurge(boolean outerFirst) throws Exception {
        site.origin().change();
        edition++;
        assertEquals("purged", site.purge(SELECTION, outerFirst, line -> {}).status());
        return visitors.seeNow();
    }

    private String page(int number) {
        return "edition %d of %s".formatted(number, PAGE);
    }

    @Test
    void nobodyGetsTheOldPageWhenTheInnerCacheIsPurgedFirst() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Set<String> pages = pagesAfterPurge(false);
            assertEquals(Set.of(page(edition)), pages);
        }
    }

    @Test
    void visitorsGetTheOldPageWhenTheOuterCacheIsPurgedFirst() throws Exception {
        boolean old = false;
        for (int round = 0; round < ROUNDS_IN_WRONG_ORDER && !old; round++) {
            Set<String> pages = pagesAfterPurge(true);
            old = pages.contains(page(edition - 1));
        }
        assertTrue(old, "the old page came back into the outer cache");
    }
}
