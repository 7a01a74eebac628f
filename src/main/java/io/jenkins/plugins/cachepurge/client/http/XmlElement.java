package io.jenkins.plugins.cachepurge.client.http;

import java.util.List;

/**
 * Element of an XML document that is sent: it has either a text or children.
 *
 * @param text empty for an element with children
 * @param children in their order
 */
public record XmlElement(String name, String text, List<XmlElement> children) {

    public XmlElement {
        children = List.copyOf(children);
    }

    /** An element with a text. */
    public static XmlElement text(String name, String text) {
        return new XmlElement(name, text, List.of());
    }

    /** An element with children. */
    public static XmlElement of(String name, XmlElement... children) {
        return of(name, List.of(children));
    }

    /** An element with children. */
    public static XmlElement of(String name, List<XmlElement> children) {
        return new XmlElement(name, "", children);
    }
}
