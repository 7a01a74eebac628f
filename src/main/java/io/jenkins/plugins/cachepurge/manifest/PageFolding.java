package io.jenkins.plugins.cachepurge.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** So many pages in a directory as make it worth to purge the directory instead. */
    private static final int SEVERAL = 2;

    /**
     * Folds the pages of files. Keeps no more of them in memory than remain.
     *
     * @param files paths below the directory
     * @return more than the maximum only if neither directories nor everything can be purged
     */
    public PagesToPurge fold(Collection<String> files) {
        boolean starred = !stars && pages(files).anyMatch(PageFolding::hasStar);
        List<String> first = pages(files).distinct().limit(maxCount + 1L).toList();
        if (!starred && first.size() <= maxCount) {
            return new PagesToPurge(first, List.of(), false);
        }
        boolean starAtTop = starred && pages(files).anyMatch(page -> hasStar(page) && depth(page) == 0);
        if (prefixes && !starAtTop) {
            for (int depth = pages(files).mapToInt(this::depth).max().orElse(0) + 1; depth >= 1; depth--) {
                Optional<PagesToPurge> folded = fold(files, depth);
                if (folded.isPresent()) {
                    return folded.get();
                }
            }
        }
        return everything
                ? PagesToPurge.EVERYTHING
                : new PagesToPurge(pages(files).distinct().toList(), List.of(), false);
    }

    private Stream<String> pages(Collection<String> files) {
        return files.stream().flatMap(file -> layout.pages(file).stream());
    }

    private static boolean hasStar(String page) {
        return page.indexOf('*') >= 0;
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

    /**
     * The pages, with the directories of that depth instead of those in them.
     *
     * @return empty if there are too many
     */
    private Optional<PagesToPurge> fold(Collection<String> files, int depth) {
        Set<String> single = new LinkedHashSet<>();
        Map<String, Set<String>> directories = new LinkedHashMap<>();
        for (String file : files) {
            for (String page : layout.pages(file)) {
                boolean starred = !stars && hasStar(page);
                if (depth(page) < depth && !starred) {
                    single.add(page);
                } else {
                    String directory = directory(page, Math.min(depth, depth(page)));
                    Set<String> inside = directories.computeIfAbsent(directory, unused -> new LinkedHashSet<>());
                    if (inside.size() < SEVERAL) {
                        inside.add(page);
                    }
                }
                if (single.size() + directories.size() > maxCount) {
                    return Optional.empty();
                }
            }
        }
        List<String> folded = new ArrayList<>();
        directories.forEach((directory, inside) -> {
            if (inside.size() == 1 && (stars || inside.stream().noneMatch(PageFolding::hasStar))) {
                single.addAll(inside);
            } else {
                folded.add(directory);
            }
        });
        return Optional.of(new PagesToPurge(List.copyOf(single), folded, false));
    }

    private String directory(String page, int depth) {
        int end = layout.base().length();
        for (int i = 0; i < depth; i++) {
            end = page.indexOf(SLASH, end) + 1;
        }
        return page.substring(0, end);
    }
}
