package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;

/** Body that OkHttp sends once, unless a proxy required a login and forwarded nothing. */
final class OneShotBody extends RequestBody {

    private final Optional<MediaType> type;
    private final ByteString content;
    private volatile boolean resendAllowed;

    OneShotBody(Optional<ApiBody> body) {
        type = body.map(ApiBody::mediaType).map(MediaType::get);
        content = ByteString.encodeUtf8(body.map(ApiBody::text).orElse(""));
    }

    /** Lets OkHttp send it one more time. */
    void allowResend() {
        resendAllowed = true;
    }

    @Override
    public MediaType contentType() {
        return type.orElse(null);
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
