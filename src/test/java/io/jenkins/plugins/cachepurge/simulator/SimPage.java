package io.jenkins.plugins.cachepurge.simulator;

import java.util.List;

/**
 * One page of a list.
 *
 * @param page starts with 1
 * @param size elements on a full page
 */
record SimPage(int page, int size) {

    <T> List<T> of(List<T> all) {
        long first = (page - 1L) * size;
        return all.stream().skip(first).limit(size).toList();
    }

    int pages(int elements) {
        return (elements + size - 1) / size;
    }
}
