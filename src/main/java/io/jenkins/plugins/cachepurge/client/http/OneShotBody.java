package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;

/** Body that OkHttp sends once, unless a proxy required a login and forwarded nothing. */
final class OneShotBody extends RequestBody {

    private static final MediaType JSON = MediaType.get("application/json");

    private final ByteString content;
    private volatile boolean resendAllowed;

    OneShotBody(String text) {
        content = ByteString.encodeUtf8(text);
    }

    /** Lets OkHttp send it one more time. */
    void allowResend() {
        resendAllowed = true;
    }

    @Override
    public MediaType contentType() {
        return content.size() == 0 ? null : JSON;
    }

    @Override
    public long contentLength() {
        return content.size();
    }

    @Override
    public boolean isOneShot() {
        return !resendAllowed;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        resendAllowed = false;
        sink.write(content);
    }
}
