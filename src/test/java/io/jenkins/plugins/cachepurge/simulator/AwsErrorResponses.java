package io.jenkins.plugins.cachepurge.simulator;

import java.util.UUID;

/** Errors of AWS services that respond in XML. */
final class AwsErrorResponses {

    private AwsErrorResponses() {}

    /** A refusal, to be thrown. */
    static ErrorResponseException refusal(String namespace, int status, String code, String message) {
        return new ErrorResponseException(response(namespace, status, code, message));
    }

    static SimResponse response(String namespace, int status, String code, String message) {
        String id = UUID.randomUUID().toString();
        String body =
                "<?xml version=\"1.0\"?>\n<ErrorResponse xmlns=\"%s\"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
                        .formatted(namespace, status < 500 ? "Sender" : "Receiver", code, escaped(message), id);
        return xml(status, body).withHeader("x-amzn-RequestId", id);
    }

    /** A response in XML. */
    static SimResponse xml(int status, String body) {
        return SimResponse.text(status, "text/xml", body)
                .withHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    }

    /** A text as it stands in an element. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
