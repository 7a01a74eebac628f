package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Format of a response's body. */
public enum BodyFormat {
    /** JSON, read as it is. */
    JSON,
    /** XML, read as a tree whose only field is the document's element; see {@link Xml}. */
    XML,
    /** Any text, which is not read. */
    TEXT;

    /** @return the tree, missing for an empty text and for any {@link #TEXT} */
    JsonNode parse(String text) throws UnreadableResponseException {
        return switch (this) {
            case JSON -> Json.parse(text);
            case XML -> Xml.parse(text);
            case TEXT -> MissingNode.getInstance();
        };
    }

    /** The tree of an error, which a gateway may have sent instead of the service; missing if it is in no known format. */
    static JsonNode parseAny(String text) {
        try {
            return text.stripLeading().startsWith("<") ? Xml.parse(text) : Json.parse(text);
        } catch (UnreadableResponseException e) {
            return MissingNode.getInstance();
        }
    }
}
