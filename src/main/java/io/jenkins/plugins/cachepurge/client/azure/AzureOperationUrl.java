package io.jenkins.plugins.cachepurge.client.azure;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where a long-running operation of Azure Resource Manager is read.
 *
 * @param header which header named it: what is found there depends on that
 * @param url at the same server as the request that started the operation
 * @see <a href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/async-operations">Microsoft:
 *     asynchronous operations</a>
 */
public record AzureOperationUrl(Header header, HttpUrl url) {

    private static final String SEPARATOR = ": ";

    /** Header of a response. */
    enum Header {
        /** The body has the status. */
        ASYNC_OPERATION("Azure-AsyncOperation"),
        /** The HTTP status is the status. */
        LOCATION("Location");

        private final String word;

        Header(String word) {
            this.word = word;
        }
    }

    /** As the header that has named it. */
    public String text() {
        return header.word + SEPARATOR + url;
    }

    /** @param text as from {@link #text()} */
    public static AzureOperationUrl parse(String text) {
        int end = text.indexOf(SEPARATOR);
        String word = text.substring(0, end);
        Header header = word.equals(Header.LOCATION.word) ? Header.LOCATION : Header.ASYNC_OPERATION;
        return new AzureOperationUrl(header, HttpUrl.get(text.substring(end + SEPARATOR.length())));
    }

    /** The id of the operation. */
    public String id() {
        return url.pathSegments().get(url.pathSize() - 1);
    }

    /**
     * The URL that a response names.
     *
     * @param asked the request's
     * @return empty if it names none
     * @throws UnreadableResponseException if it is at another server, which must not be sent the access token
     */
    static Optional<AzureOperationUrl> of(ApiResponse answer, HttpUrl asked) throws UnreadableResponseException {
        for (Header header : Header.values()) {
            Optional<String> text = answer.header(header.word);
            if (text.isPresent()) {
                return Optional.of(new AzureOperationUrl(header, checked(text.get(), asked)));
            }
        }
        return Optional.empty();
    }

    private static HttpUrl checked(String text, HttpUrl asked) throws UnreadableResponseException {
        HttpUrl url = HttpUrl.parse(text);
        boolean same = url != null
                && url.scheme().equals(asked.scheme())
                && url.host().equals(asked.host())
                && url.port() == asked.port()
                && url.username().isEmpty()
                && url.password().isEmpty();
        if (!same) {
            throw new UnreadableResponseException(
                    "it names an operation at another server, which is not asked; the purge may have begun");
        }
        return url;
    }
}
