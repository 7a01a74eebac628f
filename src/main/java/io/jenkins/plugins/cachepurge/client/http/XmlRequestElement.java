package io.jenkins.plugins.cachepurge.client.http;

import java.util.List;

/**
 * Element of an XML document that is sent: it has either a text or children.
 *
 * @param text empty for an element with children
 * @param children in their order
 */
public record XmlRequestElement(String name, String text, List<XmlRequestElement> children) {

    public XmlRequestElement {
        children = List.copyOf(children);
    }

    /** An element with a text. */
    public static XmlRequestElement text(String name, String text) {
        return new XmlRequestElement(name, text, List.of());
    }

    /** An element with children. */
    public static XmlRequestElement of(String name, XmlRequestElement... children) {
        return of(name, List.of(children));
    }

    /** An element with children. */
    public static XmlRequestElement of(String name, List<XmlRequestElement> children) {
        return new XmlRequestElement(name, "", children);
    }
}
