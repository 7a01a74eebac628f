package io.jenkins.plugins.cachepurge.client.akamai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRcTest {

    private static final String FILE = """
            \uFEFF; made by Control Center
            [default]
            client_secret = s3cret/+=
            host = akab-1.luna.akamaiapis.net
            access_token = akab-a
            client_token = akab-c
            max-body = 8192

            # another client
            [ papi ]
            host: https://akab-2.luna.akamaiapis.net/
            client-token: "akab-c2"
            client-secret: s=2
            access-token: akab-a2
            """;

    @Test
    void readsASection() {
        EdgeRc file = EdgeRc.parse(FILE);
        assertEquals(
                EdgeGridCredentials.of("akab-1.luna.akamaiapis.net", "akab-c", "s3cret/+=", "akab-a"),
                file.credentials("default"));
        assertEquals(
                EdgeGridCredentials.of("akab-2.luna.akamaiapis.net", "akab-c2", "s=2", "akab-a2"),
                file.credentials("papi"));
        assertEquals(
                file, EdgeRc.parse(FILE.replace("\n", "\r\n")), "files that were made on Windows have other line ends");
    }

    @Test
    void saysThatASectionIsMissing() {
        assertEquals(
                ".edgerc: there is no section of that name",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EdgeRc.parse(FILE).credentials("ccu"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "client_token", "client_secret", "access_token"})
    void saysWhichValueIsMissing(String name) {
        String file = FILE.replaceFirst("(?m)^" + name + " .*$", "");
        assertEquals(
                name + " is missing",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EdgeRc.parse(file).credentials("default"))
                        .getMessage());
    }

    /** A line that is not understood may be the one that matters, so nothing is guessed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret|is neither a [section] nor name = value",
                "password = s3cret|has a name that is not one of host, client_token, client_secret, access_token",
                "[default]|has a section that exists already",
                "[a]]|is neither a [section] nor name = value",
                "client_token = s3cret|names client_token again",
                "account_key = s3cret|names another account: use the parameter accountSwitchKey instead"
            })
    void refusesALineByItsNumberAndDoesNotQuoteIt(String line, String why) {
        String file = FILE.replace("max-body = 8192", line);
        String said = assertThrows(IllegalArgumentException.class, () -> EdgeRc.parse(file))
                .getMessage();
        assertEquals(".edgerc: line 7 " + why, said);
        assertFalse(said.contains("s3cret"), said);
    }

    @Test
    void nothingStandsBeforeTheFirstSection() {
        assertEquals(
                ".edgerc: line 1 stands before the first [section]",
                assertThrows(IllegalArgumentException.class, () -> EdgeRc.parse("host = a\n[default]"))
                        .getMessage());
        assertEquals(
                "it is too long for an .edgerc file",
                assertThrows(IllegalArgumentException.class, () -> EdgeRc.parse("#".repeat(70_000)))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b|akab-c|s|akab-a|its host is not the name of a host",
                "h.example/path|akab-c|s|akab-a|its host must not have a path",
                "user:s3cret@h.example|akab-c|s|akab-a|its host is not the name of a host",
                "h.example|akab;c|s|akab-a|client_token holds a character that none of Akamai's has",
                "h.example|akab-c|s s3cret|akab-a|client_secret holds a character that none of Akamai's has",
                "h.example|akab-c|s|akäb|access_token holds a character that none of Akamai's has",
            })
    void refusesWhatAkamaiNeverGivesOut(String host, String client, String secret, String access, String why) {
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> EdgeGridCredentials.of(host, client, secret, access))
                        .getMessage());
    }

    @Test
    void noTextHasASecret() {
        assertFalse(EdgeRc.parse(FILE).toString().contains("s3cret"));
        assertEquals(
                "EdgeGridCredentials[https://akab-1.luna.akamaiapis.net]",
                EdgeRc.parse(FILE).credentials("default").toString());
    }
}
