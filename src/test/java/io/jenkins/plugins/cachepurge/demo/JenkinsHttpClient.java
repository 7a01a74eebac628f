package io.jenkins.plugins.cachepurge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Speaks to a Jenkins over HTTP, as anybody can who may do everything there. */
public final class JenkinsHttpClient {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final JsonMapper JSON = new JsonMapper();
    /** What Jenkins hides in a log for its own pages. */
    private static final Pattern CONSOLE_NOTE = Pattern.compile("\\u001B\\[8mha:[^\\u001B]*\\u001B\\[0m");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI url;
    private final Process process;

    JenkinsHttpClient(int port, Process process) {
        this.url = URI.create("http://127.0.0.1:" + port + "/jenkins/");
        this.process = process;
    }

    public URI url() {
        return url;
    }

    /** @throws IllegalStateException where Jenkins ends instead, or does not come up in time */
    void awaitReady() throws InterruptedException {
        Instant latest = Instant.now().plus(START);
        while (!ready()) {
            if (!process.isAlive() || Instant.now().isAfter(latest)) {
                throw new IllegalStateException("Jenkins did not start; its log says why");
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return get("api/json").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Creates a Pipeline job, builds it once and prints its console.
     *
     * @return true where the build was successful
     */
    public boolean run(String job, String jenkinsfile, PrintStream out)
            throws IOException, InterruptedException, XMLStreamException {
        post("createItem?name=" + job, "application/xml", jobXml(jenkinsfile));
        post("job/" + job + "/build?delay=0sec", "application/x-www-form-urlencoded", "");
        String build = "job/" + job + "/1/";
        printConsole(build, out);
        JsonNode result = JSON.readTree(get(build + "api/json?tree=result").body());
        return "SUCCESS".equals(result.path("result").asText());
    }

    /** How long the only build of a job took, in milliseconds. */
    public long duration(String job) throws IOException, InterruptedException {
        return JSON.readTree(get("job/" + job + "/1/api/json?tree=duration").body())
                .path("duration")
                .asLong();
    }

    /** @return what a script of the script console prints */
    public String script(String groovy) throws IOException, InterruptedException {
        return post(
                        "scriptText",
                        "application/x-www-form-urlencoded",
                        "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8))
                .body()
                .strip();
    }

    private void printConsole(String build, PrintStream out) throws IOException, InterruptedException {
        String start = "0";
        boolean more = true;
        while (more) {
            HttpResponse<String> text = get(build + "logText/progressiveText?start=" + start);
            boolean begun = text.statusCode() == 200;
            if (begun) {
                out.print(CONSOLE_NOTE.matcher(text.body()).replaceAll(""));
                start = text.headers().firstValue("X-Text-Size").orElse(start);
            }
            more = !begun || text.headers().firstValue("X-More-Data").isPresent();
            if (more) {
                Thread.sleep(LOOK_AGAIN.toMillis());
            }
        }
    }

    private static String jobXml(String jenkinsfile) throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        xml.writeStartElement("flow-definition");
        xml.writeStartElement("definition");
        xml.writeAttribute("class", "org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition");
        xml.writeStartElement("script");
        xml.writeCharacters(jenkinsfile);
        xml.writeEndElement();
        xml.writeStartElement("sandbox");
        xml.writeCharacters("true");
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.close();
        return text.toString();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        crumb().ifPresent(crumb -> request.header(
                crumb.path("crumbRequestField").asText(), crumb.path("crumb").asText()));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException("Jenkins answered HTTP %d to %s".formatted(response.statusCode(), path));
        }
        return response;
    }

    private Optional<JsonNode> crumb() throws IOException, InterruptedException {
        HttpResponse<String> response = get("crumbIssuer/api/json");
        return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
    }
}
