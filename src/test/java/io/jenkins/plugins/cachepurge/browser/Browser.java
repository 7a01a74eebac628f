package io.jenkins.plugins.cachepurge.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, at a Jenkins. */
final class Browser implements AutoCloseable {

    /** Enough for a busy machine: a test that passes never waits so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome");

    /** Where pictures are written; none are where it is missing. */
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("pictures")).map(Path::of);

    /** Scripts of Jenkins that fail by themselves: on the new build page there is no caption. */
    private static final List<String> CORE = List.of("/lib/hudson/build-caption.js");

    /** Elements that have a size and are not hidden. */
    private static final String SHOWN = """
            const shown = [...document.querySelectorAll(arguments[0])].filter((each) => {
              const place = each.getBoundingClientRect();
              return place.width > 0 && place.height > 0
                && each.checkVisibility({ opacityProperty: true, visibilityProperty: true });
            });
            """;

    private final ChromeDriver driver;
    private final URI jenkins;
    private final String axe;

    private Browser(ChromeDriver driver, URI jenkins) {
        this.driver = driver;
        this.jenkins = jenkins;
        axe = resource("/axe.min.js");
    }

    /**
     * Starts a browser. The test is skipped where Chromium or chromedriver is missing.
     *
     * @param language of the pages, such as "en"
     */
    static Browser start(URI jenkins, String language) {
        Optional<File> chromium = CHROMIUM.stream().flatMap(Browser::onPath).findFirst();
        Optional<File> chromedriver = onPath("chromedriver").findFirst();
        Assumptions.assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "Chromium or chromedriver is missing; tools/browser.sh installs them");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), jenkins);
        browser.resize(1280, 900);
        browser.driver.executeCdpCommand("Network.enable", Map.of());
        browser.driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
        return browser;
    }

    private static Stream<File> onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute);
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sets the size of the page, in CSS pixels. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
    }

    /** Lets the system of the user prefer a colour scheme, "light" or "dark". */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    WebDriver driver() {
        return driver;
    }

    /** @param path below the Jenkins, without a slash at the start */
    void open(String path) {
        driver.get(jenkins.resolve(path).toString());
    }

    /** Logs in as a user whose password is the name. */
    void logIn(String user) {
        open("login");
        find("input[name=j_username]").sendKeys(user);
        find("input[name=j_password]").sendKeys(user);
        find("button[name=Submit]").click();
        await(() -> !driver.getCurrentUrl().contains("login"), "logged in");
    }

    /** The first element that a selector finds, as soon as there is one. */
    WebElement find(String selector) {
        return await(() -> all(selector).stream().findFirst(), selector);
    }

    /** The first element that is displayed. */
    WebElement findShown(String selector) {
        return await(() -> shown(selector).stream().findFirst(), "displayed " + selector);
    }

    /** All elements that are displayed. The browser is asked once, not for each of hundreds of elements. */
    List<WebElement> shown(String selector) {
        return elements(SHOWN + "return shown;", selector);
    }

    /** Those whose text is the given one. */
    private List<WebElement> shown(String selector, String text) {
        return elements(
                SHOWN + "return shown.filter((each) => each.innerText.trim() === arguments[1]);", selector, text);
    }

    private List<WebElement> elements(String javaScript, Object... arguments) {
        return ((Collection<?>) script(javaScript, arguments))
                .stream().map(WebElement.class::cast).toList();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text of the first element, in one line. */
    String text(String selector) {
        return find(selector).getText().replaceAll("\\s+", " ");
    }

    /** Runs JavaScript in the page, as the developer tools do. */
    Object script(String javaScript, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(javaScript, arguments);
    }

    /** Clicks in the middle of the window, where no bar of Jenkins covers the element. */
    void click(WebElement element) {
        await(() -> clicked(element), "a click on something that is not covered");
    }

    /** Is false if something moved the element below a bar in the last moment: then nothing was clicked. */
    private boolean clicked(WebElement element) {
        center(element);
        awaitStill(element);
        try {
            element.click();
            return true;
        } catch (ElementClickInterceptedException e) {
            return false;
        }
    }

    /** Waits until an element does not move any more: what opens above it moves it, and something else would be clicked. */
    private void awaitStill(WebElement element) {
        AtomicReference<Object> before = new AtomicReference<>("");
        await(
                () -> {
                    Object now = script("return JSON.stringify(arguments[0].getBoundingClientRect())", element);
                    return Optional.of(now).filter(place -> place.equals(before.getAndSet(place)));
                },
                "an element that does not move");
    }

    /** Scrolls an element into the middle of the window. */
    void center(WebElement element) {
        script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
    }

    /** Clicks what is displayed with a text. */
    void clickText(String selector, String text) {
        click(await(() -> shown(selector, text).stream().findFirst(), selector + " with " + text));
    }

    /** Waits until there is a value. */
    <T> T await(Supplier<Optional<T>> value, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found;
            try {
                found = value.get();
            } catch (StaleElementReferenceException e) {
                found = Optional.empty();
            }
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not in time: " + what + ", at " + driver.getCurrentUrl() + " with "
                        + driver.findElement(By.tagName("body")).getText());
            }
            pause();
        }
    }

    /** Waits until it is true. */
    void await(BooleanSupplier condition, String what) {
        await(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), what);
    }

    /** So that the two methods of the same name differ for the compiler. */
    @FunctionalInterface
    interface BooleanSupplier {
        boolean getAsBoolean();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Fails if the browser has reported an error since the last call: of a script, a file, or the security policy. */
    void assertNoConsoleErrors() {
        List<String> errors = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> CORE.stream().noneMatch(message::contains))
                .toList();
        assertEquals(List.of(), errors, driver.getCurrentUrl());
    }

    /**
     * Fails if axe finds something in elements that are the plugin's. Buttons for help, the labels of edited fields and the
     * colours of messages are those of Jenkins.
     *
     * @param selector of the elements
     */
    void assertAccessible(String selector) {
        script(axe + "\nwindow.axe = axe;");
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const context = {
                  include: [...document.querySelectorAll(arguments[0])],
                  exclude: [".jenkins-help-button", ".jenkins-edited-section-label", ".validation-error-area"]
                    .map((selector) => [selector])
                };
                axe.run(context, { resultTypes: ["violations"] })
                  .then((results) => done(results.violations.flatMap((violation) =>
                    violation.nodes.map((node) => violation.id + ": " + node.html + " " + node.failureSummary))))
                  .catch((error) => done(["axe: " + error]));
                """, selector);
        assertEquals(List.of(), new ArrayList<>((Collection<?>) found), driver.getCurrentUrl());
    }

    /** Writes a picture of the window that begins with an element, if pictures are wanted. */
    void pictureFrom(String name, WebElement element) {
        // Below the bar at the top of the page.
        script("arguments[0].style.scrollMarginTop = '5rem'", element);
        script("arguments[0].scrollIntoView({block: 'start', behavior: 'instant'})", element);
        picture(name);
    }

    /** Writes a picture of the window for the documentation, if pictures are wanted. */
    void picture(String name) {
        picture(name, driver);
    }

    /** Writes a picture of an element that fits the window, if pictures are wanted. */
    void pictureOf(String name, WebElement element) {
        center(element);
        picture(name, element);
    }

    private static void picture(String name, TakesScreenshot pictured) {
        if (PICTURES.isPresent()) {
            write(name, pictured.getScreenshotAs(OutputType.BYTES));
        }
    }

    private static void write(String name, byte[] png) {
        try {
            Files.createDirectories(PICTURES.orElseThrow());
            Files.write(PICTURES.orElseThrow().resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
