package io.jenkins.plugins.cachepurge.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** Words for a connection that failed. Those of OkHttp and of Java may quote what was received. */
final class ConnectionFailureText {

    private ConnectionFailureText() {}

    /** What happened, without the address. */
    static String reason(IOException problem) {
        if (problem instanceof UnknownHostException) {
            return "unknown host name";
        }
        if (problem instanceof ConnectException) {
            return "connection refused or no route";
        }
        if (problem instanceof SSLException) {
            return "TLS failed (%s)".formatted(printable(problem));
        }
        if (problem instanceof InterruptedIOException) {
            return "the request timed out";
        }
        return closed(problem);
    }

    /** The message of a problem, which may quote what was received, fit for one line. */
    static String printable(Exception problem) {
        return ErrorMessage.cut(Redactor.NONE.redact(Objects.toString(problem.getMessage(), "")));
    }

    private static String closed(IOException problem) {
        String message = Objects.toString(problem.getMessage(), "").toLowerCase(Locale.ROOT);
        if (problem instanceof SocketException && message.contains("reset")) {
            return "the other side reset the connection";
        }
        if (problem instanceof SocketException && message.contains("broken pipe")) {
            return "the other side closed the connection while the request was sent";
        }
        if (problem instanceof EOFException || message.startsWith("unexpected end of stream")) {
            return "the other side closed the connection before the response was complete";
        }
        if (problem instanceof ProtocolException) {
            return "what came is not valid HTTP";
        }
        if (message.startsWith("stream was reset")) {
            return "the other side ended the HTTP/2 stream";
        }
        return "the connection broke (%s)".formatted(problem.getClass().getSimpleName());
    }
}
