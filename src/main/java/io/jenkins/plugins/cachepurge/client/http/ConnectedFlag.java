package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Remembers whether a request got as far as a connection: before that the service cannot have seen it. */
final class ConnectedFlag {

    private final AtomicBoolean connected = new AtomicBoolean();

    boolean isConnected() {
        return connected.get();
    }

    /** A network interceptor runs between the handshake and the first byte of the request. */
    static final class SettingInterceptor implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            ConnectedFlag mark = chain.request().tag(ConnectedFlag.class);
            if (mark != null) {
                mark.connected.set(true);
            }
            return chain.proceed(chain.request());
        }
    }
}
