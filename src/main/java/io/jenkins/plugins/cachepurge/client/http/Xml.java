package io.jenkins.plugins.cachepurge.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * XML of all services. What is received is read as a tree of the same kind as JSON, so that secrets are removed from both
 * in the same way: {@code <A><B>x</B><C/></A>} is {@code {"A": {"B": "x", "C": ""}}}, an element that is repeated is an
 * array, and attributes and prefixes are left out.
 */
public final class Xml {

    /** Deeper than any service's documents. */
    private static final int MAX_DEPTH = 32;

    /** More than fit into a response of the largest size. */
    private static final int MAX_ELEMENTS = 100_000;

    private Xml() {}

    /** The elements of a name, whether there is none, one or more of them. */
    public static List<JsonNode> list(JsonNode parent, String name) {
        JsonNode found = parent.path(name);
        if (found.isMissingNode()) {
            return List.of();
        }
        return found.isArray()
                ? StreamSupport.stream(found.spliterator(), false).toList()
                : List.of(found);
    }

    static String write(String namespace, XmlRequestElement root) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            writer.writeStartDocument("UTF-8", "1.0");
            writer.setDefaultNamespace(namespace);
            writer.writeStartElement(namespace, root.name());
            writer.writeDefaultNamespace(namespace);
            writeContent(writer, namespace, root);
            writer.writeEndElement();
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("cannot be written as XML: " + root.name(), e);
        }
        return text.toString();
    }

    private static void writeContent(XMLStreamWriter writer, String namespace, XmlRequestElement element)
            throws XMLStreamException {
        writer.writeCharacters(element.text());
        for (XmlRequestElement child : element.children()) {
            writer.writeStartElement(namespace, child.name());
            writeContent(writer, namespace, child);
            writer.writeEndElement();
        }
    }

    /** @return the document as a tree, or a missing node for an empty text */
    static JsonNode parse(String text) throws UnreadableResponseException {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return new TreeReader(factory().createXMLStreamReader(new StringReader(text.strip()))).document();
        } catch (XMLStreamException e) {
            throw new UnreadableResponseException("not XML");
        }
    }

    /** The JDK's own parser, whatever else is on the class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Reads a document element by element, within the limits. */
    private static final class TreeReader {

        private final XMLStreamReader reader;
        private int elements;

        TreeReader(XMLStreamReader reader) {
            this.reader = reader;
        }

        JsonNode document() throws XMLStreamException, UnreadableResponseException {
            while (next() != XMLStreamConstants.START_ELEMENT) {
                // Comments and processing instructions may come first.
            }
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set(reader.getLocalName(), element(1));
            while (reader.hasNext()) {
                next();
            }
            return document;
        }

        private int next() throws XMLStreamException, UnreadableResponseException {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new UnreadableResponseException("XML with a DTD");
            }
            if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new UnreadableResponseException("XML with an entity of its own");
            }
            return event;
        }

        private JsonNode element(int depth) throws XMLStreamException, UnreadableResponseException {
            if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
                throw new UnreadableResponseException("XML that is too deep or has too many elements");
            }
            ObjectNode children = JsonNodeFactory.instance.objectNode();
            StringBuilder text = new StringBuilder();
            for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    add(children, reader.getLocalName(), element(depth + 1));
                } else if (reader.hasText() && event != XMLStreamConstants.COMMENT) {
                    text.append(reader.getText());
                }
            }
            return children.isEmpty() ? TextNode.valueOf(text.toString().strip()) : children;
        }

        private static void add(ObjectNode parent, String name, JsonNode child) {
            JsonNode earlier = parent.get(name);
            if (earlier == null) {
                parent.set(name, child);
            } else if (earlier instanceof ArrayNode array) {
                array.add(child);
            } else {
                parent.set(
                        name, JsonNodeFactory.instance.arrayNode().add(earlier).add(child));
            }
        }
    }
}
