package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Filter for text that came from a service: removes control characters, and the secrets in use in any common encoding. */
public final class Redactor {

    /** For requests that carry no secret. */
    public static final Redactor NONE = new Redactor(List.of());

    static final String MASK = "****";

    private static final int MIN_SECRET_LENGTH = 4;

    /** Characters that no encoding changes; nearly all tokens consist of them and need no regular expression. */
    private static final Pattern UNCHANGED = Pattern.compile("[A-Za-z0-9._-]*");

    private static final Pattern WEB_TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]{16,}");

    private static final Map<String, String> ENTITIES =
            Map.of("&", "amp", "<", "lt", ">", "gt", "\"", "quot", "'", "apos");

    private static final Pattern CHANGED = Pattern.compile("[^A-Za-z0-9._-]+");

    /** What no number lacks that JSON may have: most secrets are none, and need not be read as one. */
    private static final Pattern NUMBER = Pattern.compile("[0-9.eE+-]+");

    private final List<BigDecimal> numbers;
    private final List<UnaryOperator<String>> masks;

    Redactor(Collection<String> secrets) {
        List<String> hidden = secrets.stream()
                .filter(secret -> secret.length() >= MIN_SECRET_LENGTH)
                .distinct()
                .toList();
        numbers = hidden.stream().flatMap(Redactor::number).toList();
        masks = hidden.stream()
                .flatMap(Redactor::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Redactor::mask)
                .toList();
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                signatureOf(secret),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The part of a JSON Web Token that makes it valid; services may quote it alone. The secret itself if it is none. */
    private static String signatureOf(String secret) {
        return WEB_TOKEN.matcher(secret).matches() ? secret.substring(secret.lastIndexOf('.') + 1) : secret;
    }

    private static UnaryOperator<String> mask(String form) {
        if (UNCHANGED.matcher(form).matches()) {
            return text -> text.replace(form, MASK);
        }
        String unchanged = longestUnchanged(form);
        return text -> text.contains(unchanged) ? encoded(form).matcher(text).replaceAll(MASK) : text;
    }

    /** Part of a form that each of its encodings contains: looking for it costs far less than compiling an expression. */
    private static String longestUnchanged(String form) {
        return CHANGED.splitAsStream(form)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static Pattern encoded(String form) {
        return Pattern.compile(form.codePoints().mapToObj(Redactor::encodings).collect(Collectors.joining()));
    }

    /** A character as it is, or as in a URL or in HTML: each encoder leaves other characters as they are. */
    private static String encodings(int c) {
        String text = Character.toString(c);
        if (UNCHANGED.matcher(text).matches()) {
            return Pattern.quote(text);
        }
        String html = String.format(Locale.ROOT, "&(?i:#0*%d|#x0*%x%s);?", c, c, entity(text));
        return "(?:%s|(?i:%s)|%s%s)".formatted(html, percentEncoded(text), Pattern.quote(text), c == ' ' ? "|\\+" : "");
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format(Locale.ROOT, "%%%02x", b));
        }
        return encoded.toString();
    }

    private static String entity(String character) {
        return ENTITIES.containsKey(character) ? "|" + ENTITIES.get(character) : "";
    }

    /** Whether there is no secret in use. */
    boolean isEmpty() {
        return masks.isEmpty();
    }

    /** The same text, without invisible characters and with a mask for each secret. */
    public String redact(String text) {
        String clean = PrintableText.withoutInvisible(text);
        for (UnaryOperator<String> mask : masks) {
            clean = mask.apply(clean);
        }
        return clean;
    }

    /** The same JSON without secrets in its texts, names and numbers, so that nothing read from it later can leak. */
    JsonNode redact(JsonNode json) {
        if (json.isTextual()) {
            return TextNode.valueOf(redact(json.textValue()));
        }
        if (json.isNumber()) {
            return isSecret(json) ? TextNode.valueOf(MASK) : json;
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

    /** The secret as JSON may have it; empty if it is no number. */
    private static Stream<BigDecimal> number(String secret) {
        if (!NUMBER.matcher(secret).matches()) {
            return Stream.empty();
        }
        try {
            return Stream.of(new BigDecimal(secret));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    /** A longer number that contains a secret's digits is not the secret: ids are numbers, too. */
    private boolean isSecret(JsonNode number) {
        if (number.isFloatingPointNumber() && !Double.isFinite(number.doubleValue())) {
            return false;
        }
        return numbers.stream().anyMatch(secret -> secret.compareTo(number.decimalValue()) == 0);
    }
}
