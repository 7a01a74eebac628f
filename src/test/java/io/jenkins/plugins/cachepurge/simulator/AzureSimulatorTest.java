package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ENDPOINT =
            "/subscriptions/%s/resourceGroups/web-rg/providers/Microsoft.Cdn/profiles/web-profile/afdEndpoints/web"
                    .formatted(AzureSimulator.DEMO_SUBSCRIPTION);
    private static final String PURGE = ENDPOINT + "/purge?api-version=2024-09-01";
    private static final String FORM =
            "client_id=%s&scope=https%%3A%%2F%%2Fm.example%%2F.default&grant_type=client_credentials"
                    .formatted(AzureSimulator.DEMO_CLIENT);

    private final SettableClock clock = new SettableClock(NOW);
    private final AzureSimulator azure = AzureSimulator.demo(clock);
    private final SimServer server = SimServer.start(azure);
    private final SimClient anonymous = new SimClient(server.url());

    @AfterEach
    void close() {
        server.close();
    }

    private SimClient.Reply token(String more) throws Exception {
        return anonymous.send(
                "POST",
                "/" + AzureSimulator.DEMO_TENANT + "/oauth2/v2.0/token",
                FORM + more,
                "application/x-www-form-urlencoded");
    }

    private SimClient client() throws Exception {
        String token = token("&client_secret=" + AzureSimulator.DEMO_SECRET)
                .json()
                .get("access_token")
                .asText();
        return new SimClient(server.url(), "Authorization", "Bearer " + token);
    }

    @Test
    void grantsTokensForSecretsAndIdTokens() throws Exception {
        String assertion =
                "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=";
        assertEquals(
                200,
                token(assertion + azure.issuer().token(AzureSimulator.DEMO_SUBJECT))
                        .status());
        assertEquals(401, token(assertion + azure.issuer().token("other")).status());
        assertEquals(401, token(assertion + "a.b.c").status());
        assertEquals(401, token("&client_secret=x").status());
        assertEquals(400, token("&client_secret=x&client_secret=y").status());
        String ended = azure.issuer().token(AzureSimulator.DEMO_SUBJECT, Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(2));
        assertEquals(
                "AADSTS700024",
                token(assertion + ended)
                        .json()
                        .get("error_description")
                        .asText()
                        .split(":")[0]);
    }

    @Test
    void aPurgeIsAnOperation() throws Exception {
        SimClient client = client();
        SimClient.Reply accepted =
                client.send("POST", PURGE, "{\"contentPaths\":[\"/a\"],\"domains\":[\"a.example\"]}");
        assertEquals(202, accepted.status());
        assertEquals("10", accepted.header("Retry-After"));
        String operation = path(accepted.header("Azure-AsyncOperation"));
        String location = path(accepted.header("Location"));
        assertEquals("InProgress", client.get(operation).json().get("status").asText());
        assertEquals(202, client.get(location).status());
        clock.advance(Duration.ofSeconds(30));
        assertEquals("Succeeded", client.get(operation).json().get("status").asText());
        assertEquals(200, client.get(location).status());
        assertEquals(401, anonymous.get(operation).status());
        assertEquals(List.of("a.example"), azure.purges().get(0).domains());
    }

    private static String path(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400",
                "{\"contentPaths\":[]}|400",
                "{\"contentPaths\":[\"a\"]}|400",
                "{\"contentPaths\":[\"/*/a\"]}|400",
                "{\"contentPaths\":[\"/a\"],\"domains\":[\"*.example\"]}|400",
                "{\"contentPaths\":[\"/a\"],\"all\":true}|400"
            })
    void refusesWhatAzureRefuses(String body, int status) throws Exception {
        assertEquals(status, client().send("POST", PURGE, body).status());
        assertEquals(List.of(), azure.purges());
    }

    @Test
    void namesHaveNoCaseAndVersionsAreNeeded() throws Exception {
        SimClient client = client();
        assertEquals(
                200,
                client.get(ENDPOINT.replace("web-rg", "WEB-RG") + "?api-version=2024-09-01")
                        .status());
        assertEquals(400, client.get(ENDPOINT).status());
        assertEquals(
                404,
                client.get(ENDPOINT.replace("web-rg", "other") + "?api-version=2024-09-01")
                        .status());
        clock.advance(Duration.ofHours(1));
        assertEquals(401, client.get(ENDPOINT + "?api-version=2024-09-01").status());
    }
}
