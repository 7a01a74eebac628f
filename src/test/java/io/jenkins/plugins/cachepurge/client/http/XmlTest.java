package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {

    private static String problem(String xml) {
        return assertThrows(UnreadableResponseException.class, () -> Xml.parse(xml))
                .getMessage();
    }

    @Test
    void readsATree() throws UnreadableResponseException {
        JsonNode read = Xml.parse(
                "<?xml version=\"1.0\"?>\n<!-- c --><a:A xmlns:a=\"urn:a\" x=\"1\">\n <a:B> x&amp;<![CDATA[<y>]]> </a:B><C/><D>1</D><D>2</D></a:A>\n");
        assertEquals("{\"A\":{\"B\":\"x&<y>\",\"C\":\"\",\"D\":[\"1\",\"2\"]}}", read.toString());
        assertEquals(
                List.of("1", "2"),
                Xml.list(read.path("A"), "D").stream().map(JsonNode::asText).toList());
        assertEquals(1, Xml.list(read.path("A"), "B").size());
        assertEquals(List.of(), Xml.list(read.path("A"), "E"));
        assertTrue(Xml.parse(" \n").isMissingNode());
    }

    @Test
    void writesWhatItReads() throws UnreadableResponseException {
        XmlRequestElement root = XmlRequestElement.of(
                "Batch",
                XmlRequestElement.of("Paths", XmlRequestElement.text("Path", "/a?b=1&c=<]]>\"ü")),
                XmlRequestElement.text("Ref", "r"));
        String written = ApiBody.xml("urn:x", root).text();
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Batch xmlns=\"urn:x\"><Paths><Path>/a?b=1&amp;c=&lt;]]&gt;\"ü</Path></Paths><Ref>r</Ref></Batch>",
                written);
        assertEquals(
                "/a?b=1&c=<]]>\"ü", Xml.parse(written).at("/Batch/Paths/Path").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><b></a>",
                "<a>",
                "<a/><b/>",
                "a",
                "{\"a\":1}",
                "<html><body><br>not found</body></html>",
                "<a>\u0000</a>"
            })
    void refusesWhatIsNotXml(String text) {
        assertEquals("not XML", problem(text));
    }

    @Test
    void readsNoDtd(@TempDir Path folder) throws Exception {
        String bomb =
                "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><l>&c;</l>";
        assertEquals("XML with a DTD", problem(bomb));
        Path secret = Files.writeString(folder.resolve("file"), "s3cret");
        String external = "<!DOCTYPE l [<!ENTITY x SYSTEM \"%s\">]><l>&x;</l>".formatted(secret.toUri());
        assertEquals("XML with a DTD", problem(external));
        assertEquals("XML with a DTD", problem("<!DOCTYPE l SYSTEM \"%s\"><l/>".formatted(secret.toUri())));
    }

    @Test
    void hasLimits() throws UnreadableResponseException {
        Xml.parse("<a>".repeat(32) + "</a>".repeat(32));
        assertEquals("XML that is too deep or has too many elements", problem("<a>".repeat(33) + "</a>".repeat(33)));
        Xml.parse("<a>" + "<b/>".repeat(99_999) + "</a>");
        assertEquals("XML that is too deep or has too many elements", problem("<a>" + "<b/>".repeat(100_000) + "</a>"));
        assertEquals(
                "XML that is too deep or has too many elements",
                problem("<a>".repeat(200_000) + "</a>".repeat(200_000)));
    }
}
