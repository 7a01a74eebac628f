package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * List that can answer a poll together with those of other operations.
 *
 * @param list key of the list; equal keys mean the same list
 * @param id of the entry in the list
 * @param type of the entries
 * @param page reads a page of the list by its number, 1 for the first; returns its entries by id
 */
public record BatchLookup<T>(Object list, String id, Class<T> type, IntFunction<ApiCall<Map<String, T>>> page) {}
