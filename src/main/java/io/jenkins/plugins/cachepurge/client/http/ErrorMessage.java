package io.jenkins.plugins.cachepurge.client.http;

import io.jenkins.plugins.cachepurge.input.PrintableText;

/** Message of an error, in one line. */
record ErrorMessage(String start) {

    private static final int MAX_QUOTE_LENGTH = 300;

    static ErrorMessage of(ApiCall<?> call, String what) {
        return of(call.service(), call.purpose(), what);
    }

    static ErrorMessage of(String service, String asked, String what) {
        return new ErrorMessage("%s was asked to %s %s".formatted(service, asked, what));
    }

    String advise(String advice) {
        String sentence = start.endsWith(".") ? start : start + ".";
        return advice.isEmpty() ? sentence : sentence + " " + advice;
    }

    static String cut(String quote) {
        return PrintableText.cut(quote.strip(), MAX_QUOTE_LENGTH);
    }

    static String defaultAdvice(int status) {
        if (status >= 300 && status < 400) {
            return "Redirects are not followed, since credentials would travel along. Check the API URL.";
        }
        return switch (status) {
            case 401 -> "Check that the credentials are the right ones and have not expired.";
            case 403 -> "Check what the credentials are allowed to do.";
            case 404 -> "Check the names and ids, and what the credentials may access.";
            case 407 -> "Check Jenkins' proxy settings.";
            case 429 -> "Try again later, or ask the service for a higher limit.";
            case 408 -> "Try again later.";
            default -> status >= 500 && status != 501 ? "Try again later." : "";
        };
    }
}
