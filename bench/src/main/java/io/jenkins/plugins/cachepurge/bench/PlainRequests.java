package io.jenkins.plugins.cachepurge.bench;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The same purges at Fastly with OkHttp and nothing else: what the engine's own share is compared with. */
final class PlainRequests implements AutoCloseable {

    private static final int SINGLE_EXCHANGES = 60;

    private final OkHttpClient http;

    PlainRequests(int concurrency) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(concurrency);
        http = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** Seconds of one exchange with a service, on the average of some one after the other. */
    double oneExchange(String url) throws IOException {
        Request request = new Request.Builder().url(url).build();
        http.newCall(request).execute().close();
        long start = System.nanoTime();
        for (int i = 0; i < SINGLE_EXCHANGES; i++) {
            try (Response response = http.newCall(request).execute()) {
                response.body().bytes();
            }
        }
        return (System.nanoTime() - start) / 1e9 / SINGLE_EXCHANGES;
    }

    /** Purges URLs. */
    void purge(String api, List<String> urls) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(urls.size());
        for (String url : urls) {
            Request request = new Request.Builder()
                    .url(api + "/purge/" + url.substring("https://".length()))
                    .post(RequestBody.create(new byte[0]))
                    .header(FastlyClient.TOKEN_HEADER, FastlySimulator.DEMO_TOKEN)
                    .build();
            http.newCall(request).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) throws IOException {
                    try (response) {
                        response.body().string();
                    } finally {
                        ended.countDown();
                    }
                }

                @Override
                public void onFailure(Call call, IOException problem) {
                    problem.printStackTrace();
                    ended.countDown();
                }
            });
        }
        ended.await();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
