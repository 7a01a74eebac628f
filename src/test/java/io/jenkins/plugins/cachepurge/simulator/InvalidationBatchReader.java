package io.jenkins.plugins.cachepurge.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;

/**
 * Reads the body of CreateInvalidation as strictly as AWS' model describes it: root, namespace, each element once and in its
 * order, and the number of items.
 *
 * @param items paths and tags
 */
record InvalidationBatchReader(List<String> items, String reference) {

    static InvalidationBatchReader read(SimRequest request) {
        if (request.header("Content-Type").isEmpty() || request.body().length == 0) {
            throw refusal(
                    "MissingBody",
                    "This operation requires a body. Ensure that the body is present and the Content-Type header is set.");
        }
        Element root = parse(request.body()).getDocumentElement();
        named(root, "InvalidationBatch");
        List<Element> parts = children(root, "Paths", "CallerReference");
        String reference = parts.get(1).getTextContent();
        if (reference.isEmpty()) {
            throw refusal("InvalidArgument", "The parameter CallerReference is required.");
        }
        return new InvalidationBatchReader(items(parts.get(0)), reference);
    }

    private static List<String> items(Element paths) {
        List<Element> parts = children(paths, "Quantity", "Items");
        List<String> items = new ArrayList<>();
        for (Element path : elements(parts.get(1))) {
            named(path, "Path");
            items.add(path.getTextContent());
        }
        if (!parts.get(0).getTextContent().equals(Integer.toString(items.size()))) {
            throw refusal("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
        }
        if (items.isEmpty()) {
            throw refusal("InvalidArgument", "The parameter Paths is empty.");
        }
        return items;
    }

    private static Document parse(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler((ErrorHandler) null);
            return builder.parse(new ByteArrayInputStream(body));
        } catch (SAXException e) {
            throw refusal("MalformedInput", "Unexpected content: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void named(Element element, String name) {
        if (!CloudFrontSimulator.NAMESPACE.equals(element.getNamespaceURI()) || !name.equals(element.getLocalName())) {
            throw refusal(
                    "MalformedInput",
                    "expected %s in the namespace, but found {%s}%s"
                            .formatted(name, element.getNamespaceURI(), element.getLocalName()));
        }
    }

    private static List<Element> children(Element parent, String... names) {
        List<Element> found = elements(parent);
        if (found.size() != names.length) {
            throw refusal("MalformedInput", "%s has %d elements".formatted(parent.getLocalName(), found.size()));
        }
        for (int i = 0; i < names.length; i++) {
            named(found.get(i), names[i]);
        }
        return found;
    }

    private static List<Element> elements(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    private static ErrorResponseException refusal(String code, String message) {
        return AwsErrorResponses.refusal(CloudFrontSimulator.NAMESPACE, 400, code, message);
    }
}
