package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Where else the answer of an exchange can be found: in a list that tells of many such things. Operations that wait for one
 * each can look there together.
 *
 * @param list equal to another's only where both can be found in the same list
 * @param id tells what the exchange is about from the rest of the list
 * @param type of what the list holds
 * @param page reads a page of the list by its number, 1 for the first; what it holds by id
 */
public record BatchLookup<T>(Object list, String id, Class<T> type, IntFunction<ApiCall<Map<String, T>>> page) {}
