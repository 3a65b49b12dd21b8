package io.tillstream.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * Chromium without a screen, for one test class. Where there is none, the class is skipped with a
 * word. Its processes and its profile go with it.
 */
public final class Browser implements BeforeAllCallback, AfterAllCallback {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(40);
  private static final Duration LAST_BREATH = Duration.ofSeconds(10);

  /** Refusals by the page's policy that no console shows are told by events only. */
  private static final String LISTEN =
      """
      window.seenViolations = [];
      document.addEventListener('securitypolicyviolation', event =>
          window.seenViolations.push(event.violatedDirective + ' refused ' + event.blockedURI));
      """;

  /** It warns of each Chromium newer than itself, for the sake of something nobody uses here. */
  private static final Logger NOISE =
      Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

  private final Path screenshots;
  private final List<String> complaints = new ArrayList<>();
  private ChromeDriver driver;
  private Path profile;

  /**
   * A browser to be registered as an extension.
   *
   * @param screenshots the folder they go to
   */
  public Browser(Path screenshots) {
    this.screenshots = screenshots;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Optional<Programs> programs = Programs.find();
    assumeTrue(programs.isPresent(), "no Chromium: the browser test was skipped");
    NOISE.setLevel(Level.SEVERE);
    Files.createDirectories(screenshots);
    profile = Files.createTempDirectory("tillstream-browser");
    driver = new ChromeDriver(service(programs.get()), options(programs.get()));
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", LISTEN));
    desktop();
    prefers("light");
  }

  private static ChromeDriverService service(Programs programs) {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(programs.driver().toFile())
        .usingAnyFreePort()
        .withSilent(true)
        .withEnvironment(Map.of("TZ", "UTC", "LANG", "en_US.UTF-8", "LANGUAGE", "en_US"))
        .build();
  }

  private ChromeOptions options(Programs programs) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.browser().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox", // build machines run as root
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--lang=en-US",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  /** Nothing of it stays behind, also not a process that did not listen. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (profile == null) {
      return; // there was no browser
    }
    try {
      if (driver != null) {
        driver.quit();
      }
    } finally {
      ours().forEach(ProcessHandle::destroyForcibly);
      new FluentWait<>(this).withTimeout(LAST_BREATH).until(me -> me.ours().findAny().isEmpty());
      new FluentWait<>(profile)
          .withTimeout(LAST_BREATH)
          .ignoring(UncheckedIOException.class)
          .until(Browser::delete);
    }
  }

  private Stream<ProcessHandle> ours() {
    return ProcessHandle.allProcesses().filter(process -> names(process, profile.toString()));
  }

  private static boolean names(ProcessHandle process, String mark) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains(mark);
    } catch (IOException | UncheckedIOException goneOrNotLinux) {
      return process.info().commandLine().orElse("").contains(mark);
    }
  }

  private static boolean delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
      return true;
    } catch (IOException stillWriting) {
      throw new UncheckedIOException(stillWriting);
    }
  }

  /** As on a desk. */
  public void desktop() {
    size(1440, 900);
  }

  /** As in a hand. */
  public void phone() {
    size(390, 844);
  }

  private void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What the system prefers: {@code light} or {@code dark}; and no motion, to see what is so. */
  public void prefers(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Goes to an address; one that differs in its hash only does not load the page again. */
  public void open(String address) {
    keepComplaints();
    driver.get(address);
  }

  /** Types into the first element that the selector finds. */
  public void type(String selector, CharSequence... keys) {
    driver.findElement(By.cssSelector(selector)).sendKeys(keys);
  }

  /** Runs a script in the page and returns its value, as the type that the caller knows. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T run(String script, Object... arguments) {
    return (T) driver.executeScript(script, arguments);
  }

  /** The attribute of the first element that the selector finds; null without either. */
  public String attribute(String selector, String name) {
    return run(
        "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null",
        selector,
        name);
  }

  /** The text of the first element that the selector finds, as it is shown; empty without one. */
  public String text(String selector) {
    return run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  /** Begins to note every text that the element shows from now on, until the page is left. */
  public void listen(String selector) {
    run(
        """
        window.heard = [];
        const node = document.querySelector(arguments[0]);
        new MutationObserver(() => window.heard.push(node.textContent))
            .observe(node, {childList: true, characterData: true, subtree: true});
        """,
        selector);
  }

  /** All that was heard since, one behind the other. */
  public String heard() {
    return run("return window.heard.join('\\n')");
  }

  /** How many elements the selector finds. */
  public long count(String selector) {
    return this.<Long>run("return document.querySelectorAll(arguments[0]).length", selector);
  }

  /** Waits until the selector finds something. */
  public void awaitShown(String selector, Duration atMost) {
    await("the page shows " + selector, atMost, browser -> browser.count(selector) > 0);
  }

  /**
   * Waits until it is so, looking again and again in short order.
   *
   * @throws AssertionError with the words, if it is never so
   */
  public void await(String what, Duration atMost, Predicate<Browser> holds) {
    try {
      new FluentWait<>(this)
          .withTimeout(atMost)
          .pollingEvery(LOOK_AGAIN)
          .ignoring(StaleElementReferenceException.class)
          .until(holds::test);
    } catch (TimeoutException e) {
      screenshot("missed");
      throw new AssertionError(
          "%s: was not within %d s; see missed.png".formatted(what, atMost.toSeconds()), e);
    }
  }

  /** What is seen now, as {@code NAME.png}. */
  public void screenshot(String name) {
    write(name, Map.of("format", "png"));
  }

  /** The whole page, also what has to be scrolled to. */
  public void wholePage(String name) {
    write(name, Map.of("format", "png", "captureBeyondViewport", true));
  }

  private void write(String name, Map<String, Object> how) {
    Object data = driver.executeCdpCommand("Page.captureScreenshot", how).get("data");
    try {
      Files.write(screenshots.resolve(name + ".png"), Base64.getDecoder().decode(data.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What axe-core finds wrong on the page as it is now, in lines. */
  public List<String> accessibilityFaults() {
    Results results = new AxeBuilder().analyze(driver);
    assertThat(results.getPasses()).as("axe-core looked at something").isNotEmpty();
    return results.getViolations().stream().map(Browser::words).toList();
  }

  private static String words(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + " at "
        + rule.getNodes().stream().limit(5).map(node -> "" + node.getTarget()).toList();
  }

  /**
   * What the page complained about since it was asked last: errors on its console, and what its
   * Content-Security-Policy refused.
   */
  public List<String> complaints() {
    keepComplaints();
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  private void keepComplaints() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    List<String> refused = run("return window.seenViolations?.splice(0) ?? []");
    complaints.addAll(refused);
  }
}
