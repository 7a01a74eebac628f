package io.jenkins.plugins.cachepurge.client.http;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.FormBody;

/**
 * Body of a request. Holds no secret: a {@link Signer} adds those only for the exchange.
 *
 * @param mediaType sent as {@code Content-Type}
 * @param text sent in UTF-8
 */
public record ApiBody(String mediaType, String text) {

    static final String JSON = "application/json";
    static final String XML = "application/xml";
    static final String FORM = "application/x-www-form-urlencoded";

    /** @param body written as JSON with the names of its record components */
    public static ApiBody json(Record body) {
        return json(Json.write(body));
    }

    /** A JSON text. */
    public static ApiBody json(String text) {
        return new ApiBody(JSON, text);
    }

    /**
     * An XML document.
     *
     * @param namespace of all its elements
     */
    public static ApiBody xml(String namespace, XmlRequestElement root) {
        return new ApiBody(XML, Xml.write(namespace, root));
    }

    /** Fields of a form, in the map's order. */
    public static ApiBody form(Map<String, String> fields) {
        return new ApiBody(FORM, encode(fields));
    }

    /** The same form with more fields. */
    ApiBody withFields(Map<String, String> more) {
        if (!mediaType.equals(FORM)) {
            throw new IllegalStateException("not a form: " + mediaType);
        }
        return new ApiBody(FORM, text.isEmpty() ? encode(more) : text + "&" + encode(more));
    }

    private static String encode(Map<String, String> fields) {
        FormBody.Builder builder = new FormBody.Builder();
        fields.forEach(builder::add);
        FormBody form = builder.build();
        return IntStream.range(0, form.size())
                .mapToObj(index -> form.encodedName(index) + "=" + form.encodedValue(index))
                .collect(Collectors.joining("&"));
    }
}
