package io.jenkins.plugins.cachepurge.manifest;

import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Names of files as text. On Linux a name is bytes, which Java decodes by the locale of the process: an agent without a
 * locale, or with another than the one that wrote the name, has a wrong text.
 */
final class FileNameDecoder {

    private static final char UNIX_SEPARATOR = '/';
    private static final int HEX = 16;

    private FileNameDecoder() {}

    /** @throws UnreadableDirectoryException if the name is not in UTF-8 */
    static String of(Path file) throws UnreadableDirectoryException {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        if (name.chars().allMatch(c -> c < 0x7f)) {
            return name;
        }
        boolean isBytes = file.getFileSystem().getSeparator().equals("/")
                && file.getFileSystem().provider().getScheme().equals("file");
        String text = isBytes ? decoded(file, name) : name;
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw invalid(file, name);
        }
        return text;
    }

    /** The URI of a file has the bytes of its name, whatever the locale is. */
    private static String decoded(Path file, String name) throws UnreadableDirectoryException {
        String path = file.toUri().getRawPath();
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        String segment = path.substring(path.lastIndexOf(UNIX_SEPARATOR, end - 1) + 1, end);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '%') {
                bytes.write(Integer.parseInt(segment, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.write(segment.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(file, name);
        }
    }

    private static UnreadableDirectoryException invalid(Path file, String name) {
        return new UnreadableDirectoryException("the name of '%s' in %s is not in UTF-8; rename or exclude it"
                .formatted(PrintableText.quote(name), PrintableText.quote(String.valueOf(file.getParent()))));
    }
}
