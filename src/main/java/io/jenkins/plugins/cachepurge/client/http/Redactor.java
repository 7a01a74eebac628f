package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes text that came from a service fit to be read: without control characters, and without the secrets in use. */
final class Redactor {

    static final String MASK = "****";

    private static final Pattern UNFIT_TO_PRINT = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

    private static final int MIN_SECRET_LENGTH = 4;

    private final List<String> encodedForms;

    Redactor(Collection<String> secrets) {
        encodedForms = secrets.stream()
                .filter(secret -> secret.length() >= MIN_SECRET_LENGTH)
                .flatMap(Redactor::encodedForms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> encodedForms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes));
    }

    String redact(String text) {
        String clean = plain(text) ? text : UNFIT_TO_PRINT.matcher(text).replaceAll(" ");
        for (String form : encodedForms) {
            clean = clean.replace(form, MASK);
        }
        return clean;
    }

    /** Nearly every text is, and the expression takes far longer to say so. */
    private static boolean plain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** The same JSON with every text and name in it cleaned, so that nothing read from it later can leak. */
    JsonNode redact(JsonNode json) {
        if (json.isTextual()) {
            return TextNode.valueOf(redact(json.textValue()));
        }
        if (json.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> array.add(redact(item)));
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> object.set(redact(field.getKey()), redact(field.getValue())));
            return object;
        }
        return json;
    }
}
