package io.jenkins.plugins.cachepurge.caches;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Somebody who looks at pages through a cache. */
public final class PageFetcher {

    private static final OkHttpClient HTTP = new OkHttpClient();

    /** The pages' host, which is not the cache's. */
    public static final String HOST = "www.example.org";

    private PageFetcher() {}

    /** What a page of {@link #HOST} says. */
    public static String sees(String cache, String path) {
        return sees(cache, HOST, path);
    }

    public static String sees(String cache, String host, String path) {
        return sees(cache, host, path, "identity");
    }

    public static String sees(String cache, String host, String path, String encoding) {
        return sees(cache, host, path, Map.of("Accept-Encoding", encoding));
    }

    static String sees(String cache, String host, String path, Map<String, String> headers) {
        Request.Builder builder =
                new Request.Builder().url(cache + path).header("Host", host).header("Accept-Encoding", "identity");
        headers.forEach(builder::header);
        Request request = builder.build();
        try (Response response = HTTP.newCall(request).execute()) {
            return response.body().string().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
