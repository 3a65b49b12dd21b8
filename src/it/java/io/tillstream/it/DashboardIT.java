package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.it.browser.Browser;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.ShopExpectation;
import io.tillstream.local.data.traffic.CatalogLines;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Json;
import io.tillstream.local.stack.Part;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What a reader sees: a real browser on the dashboard of a real stack. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {
  private static final int RATE = 1_500;
  private static final int RECORDS = 20_000;

  /** Five windows and the one that is still open. */
  private static final Duration PAST = Duration.ofMinutes(5);

  /** Stock stays high by itself: alerts are this test's own. */
  private static final TrafficOptions TRAFFIC =
      new TrafficOptions(31, RATE, 500, 2_000, 0.01, 0).withCalmStock();

  /** The same shop on another day: no event comes twice. */
  private static final TrafficOptions VISITS =
      new TrafficOptions(32, RATE, 500, 2_000, 0.01, 0).withCalmStock();

  /** Popular, so that it trends. */
  private static final String BAD_ITEM = "SKU-00001";

  private static final String BAD_TITLE =
      "<img src=x onerror=\"window.hacked=1\"> <b>mug</b> & friends";

  /** Seldom seen. */
  private static final String SCARCE_ITEM = "SKU-00490";

  private static final Duration SOON = Duration.ofSeconds(15);

  @RegisterExtension
  @Order(1)
  static final Browser BROWSER =
      new Browser(Home.find().root().resolve("src/it/target/screenshots"));

  @RegisterExtension
  @Order(2)
  static final Shop SHOP = Shop.with(usual -> usual.dashboard(true));

  @BeforeAll
  static void play() throws IOException {
    SHOP.loadCatalog(catalog());
    TrafficGenerator traffic = new TrafficGenerator(TRAFFIC);
    long opens = Instant.now().minus(PAST).toEpochMilli();
    try (EventSender sender = new EventSender(SHOP.at().kafka(), Topics.SHOP_EVENTS)) {
      for (long i = 0; i < RECORDS; i++) {
        sender.send(traffic.next(opens + i * PAST.toMillis() / RECORDS));
      }
      sender.flush();
    }
    SHOP.awaitDrained(Duration.ofMinutes(1));
    BROWSER.open(address(""));
  }

  /** The made shop's, and one product with a name that means harm. */
  private static Path catalog() throws IOException {
    Path file = SHOP.run().path().resolve("catalog.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      CatalogLines.write(TRAFFIC, out);
      String line =
          Json.MAPPER
              .createObjectNode()
              .put("item_id", BAD_ITEM)
              .put("title", BAD_TITLE)
              .put("category", "mugs")
              .toString();
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    assertThat(BROWSER.complaints()).isEmpty();
  }

  @Test
  @Order(1)
  void numbersAreTheOracles() {
    SHOP.judgeExact(OracleOptions.defaults());
    SortedMap<Instant, ShopExpectation> right = SHOP.expected(OracleOptions.defaults());
    ShopExpectation newest = right.get(right.lastKey());

    BROWSER.open(address("#/hour"));
    BROWSER.await("as many windows as there are", SOON, page -> hour().size() == right.size());

    assertThat(right).hasSizeGreaterThanOrEqualTo(5);
    assertThat(hour()).isEqualTo(asShown(right));
    BROWSER.open(address("#/"));
    BROWSER.awaitShown("[data-figure=orders][data-window='" + right.lastKey() + "']", SOON);
    assertThat(BROWSER.attribute("[data-figure=orders]", "data-value"))
        .isEqualTo("" + newest.orders());
    String currency = BROWSER.attribute("[data-figure=revenue]", "data-currency");
    assertThat(BROWSER.attribute("[data-figure=revenue]", "data-value"))
        .isEqualTo(newest.revenue().getOrDefault(currency, "0"));
    BROWSER.await(
        "the ledger is seen in balance",
        SOON,
        page -> "true".equals(page.attribute("[data-fact=ledger]", "data-value")));
  }

  /** By window: the exact values of the table of the last hour. */
  private static Map<String, Map<String, String>> hour() {
    return BROWSER.run(
        """
        const table = {};
        for (const row of document.querySelectorAll('#view tbody tr')) {
          const cells = [...row.children].map((cell) => [cell.dataset.metric, cell.dataset.value]);
          table[row.dataset.row] = Object.fromEntries(cells.filter(([name, value]) =>
              value !== undefined && /^(views|add_to_carts|orders|purchases|revenue\\..*)$/.test(name)));
        }
        return table;
        """);
  }

  private static Map<String, Map<String, String>> asShown(Map<Instant, ShopExpectation> all) {
    Map<String, Map<String, String>> shown = new HashMap<>();
    all.forEach(
        (window, row) -> {
          Map<String, String> cells = new TreeMap<>();
          cells.put("views", "" + row.views());
          cells.put("add_to_carts", "" + row.addToCarts());
          cells.put("orders", "" + row.orders());
          cells.put("purchases", "" + row.purchases());
          row.revenue().forEach((currency, sum) -> cells.put("revenue." + currency, sum));
          shown.put("" + window, cells);
        });
    return shown;
  }

  @Test
  @Order(2)
  void aTitleWithMarkupIsText() {
    BROWSER.open(address("#/"));
    String link = "#trending li[data-item='" + BAD_ITEM + "'] a";
    BROWSER.awaitShown(link, SOON);
    assertThat(BROWSER.text(link)).isEqualTo(BAD_TITLE);

    BROWSER.type("#search", BAD_ITEM);
    BROWSER.awaitShown("#found [role=option] .cut", SOON);
    assertThat(BROWSER.text("#found [role=option] .cut")).isEqualTo(BAD_TITLE);
    BROWSER.type("#search", Keys.ENTER);

    BROWSER.awaitShown("[data-detail-key='" + BAD_ITEM + "'][data-ready]", SOON);
    BROWSER.await("its title", SOON, page -> page.text("#view h1").equals(BAD_TITLE));
    BROWSER.await("its rows", SOON, page -> page.count("#view tbody tr") >= 5);
    assertThat(BROWSER.<Object>run("return window.hacked ?? null")).isNull();
    assertThat(BROWSER.count("img, #view h1 *")).isZero();
    BROWSER.screenshot("product");
  }

  @Test
  @Order(3)
  void everybodyCanReadIt() {
    List<String> faults = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      BROWSER.prefers(scheme);
      BROWSER.open(address("#/"));
      BROWSER.awaitShown("#trending li", SOON);
      BROWSER.screenshot("overview-at-rest-" + scheme);
      faults.addAll(BROWSER.accessibilityFaults());
      BROWSER.open(address("#/product/" + BAD_ITEM));
      BROWSER.awaitShown("#view tbody tr", SOON);
      faults.addAll(BROWSER.accessibilityFaults());
    }
    BROWSER.prefers("light");
    BROWSER.open(address("#/categories"));
    BROWSER.awaitShown("#view tbody tr", SOON);
    faults.addAll(BROWSER.accessibilityFaults());
    BROWSER.open(address("#/"));
    BROWSER.type("[data-agent=enrichment]", Keys.ENTER);
    BROWSER.awaitShown("dialog[open] [data-indicator]", SOON);
    BROWSER.screenshot("agent");
    faults.addAll(BROWSER.accessibilityFaults());
    BROWSER.type("dialog[open] button", Keys.ESCAPE);
    BROWSER.await("the dialog closes", SOON, page -> page.count("dialog[open]") == 0);

    BROWSER.phone();
    BROWSER.await(
        "nothing has to be scrolled sideways",
        SOON,
        page ->
            page.<Boolean>run(
                "return document.documentElement.scrollWidth <= innerWidth"
                    + " && document.querySelector('[data-layout=tall]') !== null"));
    BROWSER.wholePage("phone");
    faults.addAll(BROWSER.accessibilityFaults());
    BROWSER.desktop();
    assertThat(faults).isEmpty();
  }

  @Test
  @Order(4)
  void aDeadRedisIsSeenOnThePicture() throws Exception {
    BROWSER.open(address("#/"));
    BROWSER.awaitShown(route("primary"), SOON);
    try (LiveVisits visits = LiveVisits.begin(SHOP, VISITS, Duration.ofMinutes(3))) {
      visits.pass(Duration.ofSeconds(8));
      BROWSER.awaitShown("#pill[data-connection=live]", SOON);
      BROWSER.awaitShown("[data-latency=p99][data-value]", SOON);
      Figures.say(
          "dashboard: latency p99 as the browser measures it: %s",
          BROWSER.text("[data-latency=p99]"));
      BROWSER.screenshot("overview-light");
      BROWSER.prefers("dark");
      BROWSER.await("dark colours", SOON, page -> isDark());
      BROWSER.screenshot("overview-dark");
      BROWSER.prefers("light");

      long killed = System.nanoTime();
      double away;
      SHOP.stack().kill(Part.REDIS);
      try {
        BROWSER.awaitShown(route("fallback"), SOON);
        away = (System.nanoTime() - killed) / 1e9;
        BROWSER.awaitShown("[data-edge=to-bypass][data-flow=active]", SOON);
        BROWSER.awaitShown("[data-agent=bypass][data-flow=active]", SOON);
        BROWSER.await(
            "events go by the bypass",
            SOON,
            page -> rate(page.attribute("[data-rate-of=bypassed]", "data-value")) > RATE / 2.0);
        BROWSER.screenshot("bypass");
      } finally {
        SHOP.stack().start(Part.REDIS);
      }
      Figures.say("dashboard: the bypass was seen %.1f s after Redis was killed", away);
      BROWSER.awaitShown(route("primary"), Duration.ofSeconds(40));
      BROWSER.awaitShown("[data-edge=to-bypass][data-flow=idle]", SOON);
      assertThat(away).isLessThanOrEqualTo(3);
      visits.stop();
    }
    SHOP.awaitDrained(Duration.ofMinutes(1));
  }

  private static String route(String active) {
    return "#routes [data-route=enrichment][data-active=" + active + "]";
  }

  private static boolean isDark() {
    String ground = BROWSER.run("return getComputedStyle(document.body).backgroundColor");
    return ground.matches("rgb\\(\\d\\d?, \\d\\d?, \\d\\d?\\)");
  }

  private static double rate(String value) {
    return value == null ? 0 : Double.parseDouble(value);
  }

  @Test
  @Order(5)
  void anAlertOpensAndCloses() {
    BROWSER.open(address("#/"));
    String alert = "#alerts [data-rule=low-stock][data-key='" + SCARCE_ITEM + "']";
    BROWSER.listen("#live");

    ShopDesk.stock(SHOP, SCARCE_ITEM, 3, Instant.now());

    BROWSER.awaitShown(alert + "[data-status=raised]", SOON);
    BROWSER.awaitShown("#stock li[data-item='" + SCARCE_ITEM + "'] [data-value='3']", SOON);
    assertThat(BROWSER.text(alert)).contains(SCARCE_ITEM, "3", "Warning");
    BROWSER.screenshot("alert");
    BROWSER.await("a screen reader is told", SOON, page -> page.heard().contains(SCARCE_ITEM));

    ShopDesk.stock(SHOP, SCARCE_ITEM, 400, Instant.now());

    BROWSER.awaitShown(alert + "[data-status=resolved]", SOON);
    BROWSER.await(
        "it is not scarce any more",
        SOON,
        page -> page.count("#stock li[data-item='" + SCARCE_ITEM + "']") == 0);
  }

  @Test
  @Order(6)
  void theServerGoesAndComesBack() {
    BROWSER.open(address("#/"));
    BROWSER.awaitShown("[data-figure=orders][data-value]", SOON);
    String orders = BROWSER.attribute("[data-figure=orders]", "data-value");
    assertThat(BROWSER.complaints()).isEmpty();

    SHOP.stack().kill(Part.DASHBOARD);
    try {
      BROWSER.awaitShown("#pill[data-connection=waiting]", SOON);
      assertThat(BROWSER.text("#banner"))
          .matches("Connection lost, trying again in \\d+ s\\. Numbers as of .*\\d.*");
      assertThat(BROWSER.attribute("[data-figure=orders]", "data-value")).isEqualTo(orders);
      BROWSER.screenshot("connection-lost");
    } finally {
      SHOP.stack().start(Part.DASHBOARD);
    }

    BROWSER.await(
        "the page is connected again",
        Duration.ofSeconds(30),
        page -> List.of("live", "old").contains(page.attribute("#pill", "data-connection")));
    BROWSER.await(
        "the same orders",
        SOON,
        page -> orders.equals(page.attribute("[data-figure=orders]", "data-value")));
    assertThat(BROWSER.complaints()).allMatch(line -> line.contains("/ws"));
  }

  private static String address(String hash) {
    return SHOP.at().dashboard() + "/" + hash;
  }
}
