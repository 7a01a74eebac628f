package io.jenkins.plugins.cachepurge.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces pages by their directories until they are few enough: first those of the deepest directories, at last everything.
 * A directory with a single page is not replaced. A page with a star, which most services take for a wildcard or refuse, always is.
 *
 * @param layout where the pages are
 * @param maxCount number of pages and prefixes that may remain, 1 or more
 * @param prefixes whether directories can be purged
 * @param everything whether everything can be purged
 * @param stars whether a page with a star in its path can be purged by itself
 */
public record PageFolding(PageLayout layout, int maxCount, boolean prefixes, boolean everything, boolean stars) {

    private static final char SLASH = '/';

    /**
     * @param files paths below the directory
     * @return more than the maximum only if neither directories nor everything can be purged
     */
    public PageSet fold(Collection<String> files) {
        Set<String> pages = new LinkedHashSet<>();
        files.forEach(file -> pages.addAll(layout.pages(file)));
        boolean starred = !stars && pages.stream().anyMatch(PageFolding::hasStar);
        if (!starred && pages.size() <= maxCount) {
            return new PageSet(List.copyOf(pages), List.of(), false);
        }
        boolean starAtTop = starred && pages.stream().anyMatch(page -> hasStar(page) && depth(page) == 0);
        if (prefixes && !starAtTop) {
            for (int depth = deepest(pages) + 1; depth >= 1; depth--) {
                PageSet folded = fold(pages, depth);
                if (folded.count() <= maxCount) {
                    return folded;
                }
            }
        }
        return everything ? PageSet.EVERYTHING : new PageSet(List.copyOf(pages), List.of(), false);
    }

    private static boolean hasStar(String page) {
        return page.indexOf('*') >= 0;
    }

    private int deepest(Collection<String> pages) {
        return pages.stream().mapToInt(this::depth).max().orElse(0);
    }

    /** Number of directories below the base. */
    private int depth(String page) {
        return page.startsWith(layout.base())
                ? (int) page.chars()
                        .skip(layout.base().length())
                        .filter(c -> c == SLASH)
                        .count()
                : 0;
    }

    private PageSet fold(Collection<String> pages, int depth) {
        List<String> single = new ArrayList<>();
        Map<String, List<String>> directories = new LinkedHashMap<>();
        for (String page : pages) {
            boolean starred = !stars && hasStar(page);
            if (depth(page) < depth && !starred) {
                single.add(page);
            } else {
                directories
                        .computeIfAbsent(directory(page, Math.min(depth, depth(page))), unused -> new ArrayList<>())
                        .add(page);
            }
        }
        List<String> folded = new ArrayList<>();
        directories.forEach((directory, inside) -> {
            if (inside.size() == 1 && (stars || !hasStar(inside.get(0)))) {
                single.addAll(inside);
            } else {
                folded.add(directory);
            }
        });
        return new PageSet(single, folded, false);
    }

    private String directory(String page, int depth) {
        int end = layout.base().length();
        for (int i = 0; i < depth; i++) {
            end = page.indexOf(SLASH, end) + 1;
        }
        return page.substring(0, end);
    }
}
