package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Names with several addresses, of which a purge asks one. */
class SeveralAddressesNoticeTest {

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        return switch (host) {
            case "one.example.org" -> List.of(InetAddress.getByName("10.0.0.1"));
            case "three.example.org" ->
                List.of(
                        InetAddress.getByName("10.0.0.1"),
                        InetAddress.getByName("10.0.0.2"),
                        InetAddress.getByName("fd00::3"));
            default -> throw new UnknownHostException(host);
        };
    }

    @Test
    void namesThoseWithSeveralAddresses() throws Exception {
        Dispatcher dispatcher = new Dispatcher();
        OkHttpClient client = HttpLimits.applyTo(new OkHttpClient.Builder())
                .dispatcher(dispatcher)
                .dns(SeveralAddressesNoticeTest::lookUp)
                .build();
        List<String> console = new CopyOnWriteArrayList<>();
        new SeveralAddressesNotice(
                        new OkHttpTransport(client, "test", InstantSource.system()), Runnable::run, console::add)
                .begin(List.of(
                        ApiUrl.of("http://one.example.org"),
                        ApiUrl.of("http://three.example.org:6081"),
                        ApiUrl.of("http://unknown.example.org")));
        dispatcher.executorService().shutdown();
        dispatcher.executorService().awaitTermination(30, TimeUnit.SECONDS);
        assertEquals(
                List.of(
                        "The host of http://three.example.org:6081 has 3 addresses, and one of them is asked; addresses: 'all' asks each"),
                console);
    }
}
