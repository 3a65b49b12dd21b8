package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.layout.Json;
import io.tillstream.local.status.Status;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person switches routes while visitors come. */
class RoutesIT {
  private static final int RATE = 1_500;

  /** Short, so that windows degrade, close, and are repaired after that. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final TrafficOptions TRAFFIC = new TrafficOptions(7, RATE, 1_000, 3_000, 0.01, 0);

  @RegisterExtension
  static final Shop SHOP = Shop.with(usual -> usual.window(WINDOW).lateness(WINDOW));

  @Test
  void aPinnedFallbackDegradesAndTheWayBackRepairs() throws Exception {
    SHOP.loadCatalog(TRAFFIC);
    try (LiveVisits visits = LiveVisits.begin(SHOP, TRAFFIC, Duration.ofSeconds(32))) {
      visits.pass(Duration.ofSeconds(8));

      JsonNode away = switchTo("fallback");
      visits.pass(Duration.ofSeconds(10));
      Status degraded = SHOP.status();
      assertThat(degraded.degradedOpen()).isPositive();
      assertThat(degraded.lag()).as("no event waits").isLessThan(5L * RATE);
      assertThat(route(degraded)).isEqualTo("fallback/fallback/" + away.path("epoch").asLong());
      assertThat(newestUnknownRow().path("degraded").asLong()).isPositive();

      JsonNode back = switchTo("auto");
      assertThat(back.path("epoch").asLong()).isGreaterThan(away.path("epoch").asLong());
      Decisions.awaitActive(SHOP, "enrichment", "primary", Duration.ofSeconds(30));
      visits.finish();
    }

    Status drained = SHOP.awaitDrained(Duration.ofMinutes(2));
    assertThat(drained.restarts()).isZero();
    assertThat(route(drained)).startsWith("auto/primary/");
    assertThat(rowsRepairedAfterTheirEnd()).isPositive();
    OracleReport report =
        SHOP.judgeExact(OracleOptions.defaults().withWindow(WINDOW).withLateness(WINDOW));
    Figures.say("routes: %s", report.toString().strip());
  }

  @Test
  void aBrokenCommandIsADeadLetterAndNoMore() {
    Map<String, String> broken =
        Map.of(
            "not JSON", "fallback, please",
            "no route", "{\"command_id\":\"a\",\"type\":\"route\",\"mode\":\"auto\"}",
            "no such route",
                "{\"command_id\":\"b\",\"type\":\"route\",\"route\":\"moon\",\"mode\":\"auto\"}",
            "no such mode",
                "{\"command_id\":\"c\",\"type\":\"route\",\"route\":\"enrichment\","
                    + "\"mode\":\"sideways\"}",
            "empty", "");
    Map<String, String> classes =
        Map.of(
            "not JSON", "NOT_JSON",
            "no route", "MISSING_FIELD",
            "no such route", "OUT_OF_RANGE",
            "no such mode", "OUT_OF_RANGE",
            "empty", "NOT_JSON");
    long decisions = decisionsOfPeople();

    try (EventSender sender = new EventSender(SHOP.at().kafka(), Topics.CONTROL)) {
      broken.forEach((name, text) -> sender.send(bytes(name), bytes(text), null));
      sender.flush();
    }

    Map<String, RawRecord> letters =
        Await.value(
            "every broken command is a dead letter",
            Duration.ofSeconds(30),
            this::controlLetters,
            seen -> seen.size() == broken.size());
    letters.forEach(
        (name, letter) -> {
          assertThat(letter.value()).as(name).isEqualTo(bytes(broken.get(name)));
          assertThat(header(letter, "error_class")).as(name).isEqualTo(classes.get(name));
          assertThat(header(letter, "topic")).isEqualTo(Topics.CONTROL);
        });
    assertThat(decisionsOfPeople()).isEqualTo(decisions);
    assertThat(SHOP.status().restarts()).isZero();
    assertThat(SHOP.status().jobState()).isEqualTo("RUNNING");
  }

  private static long decisionsOfPeople() {
    return Decisions.of(SHOP, "enrichment").that(decision -> decision.has("command_id")).count();
  }

  /** A mistake is told with its line and field, and the routes stay as they are. */
  @Test
  void aBrokenFileOfRoutesIsRefusedInOneLine() throws Exception {
    String broken = RouteFiles.standard().replaceFirst("dwell: \\S+", "dwell: -PT5S");
    int line =
        1
            + (int)
                broken.substring(0, broken.indexOf("-PT5S")).chars().filter(c -> c == '\n').count();

    Cli.Result result = RouteFiles.apply(SHOP, broken);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err().strip())
        .hasLineCount(1)
        .contains("routes.yaml: line " + line + ": ")
        .contains("routes.enrichment.dwell")
        .contains("-PT5S");
    Cli.Result right = RouteFiles.apply(SHOP, RouteFiles.standard());
    assertThat(right.exit()).as(right.err()).isZero();
    assertThat(right.out().strip()).hasLineCount(2);
  }

  /** By the command-line tool; returns the decision as it lies in the topic. */
  private static JsonNode switchTo(String mode) throws IOException, InterruptedException {
    Cli.Result result = Cli.run(SHOP.run(), "route", "enrichment", "--mode", mode, "--json");
    assertThat(result.exit()).as(result.err()).isZero();
    JsonNode decision = Json.MAPPER.readTree(result.out());
    assertThat(Decisions.of(SHOP, "enrichment").all()).contains(decision);
    assertThat(decision.path("route").asText()).isEqualTo("enrichment");
    assertThat(decision.path("mode").asText()).isEqualTo(mode);
    // Left to the orchestrator it keeps its path, perhaps.
    assertThat(decision.path("to").asText())
        .isIn("fallback", mode.equals("auto") ? "primary" : mode);
    for (String field : List.of("from", "epoch", "reason", "by", "at")) {
      assertThat(decision.has(field)).as(field).isTrue();
    }
    return decision;
  }

  /** Mode, active and epoch of the enrichment's route. */
  private static String route(Status status) {
    JsonNode route = status.json().path("routes").get(0);
    return String.join(
        "/",
        route.path("mode").asText(),
        route.path("active").asText(),
        route.path("epoch").asText());
  }

  /** The row of category {@code unknown} in the newest window that has one. */
  private static JsonNode newestUnknownRow() {
    JsonNode found = null;
    for (List<JsonNode> versions : Rows.read(SHOP).all()) {
      JsonNode row = versions.get(versions.size() - 1);
      boolean unknown =
          row.path("dimension").asText().equals("category")
              && row.path("key").asText().equals("unknown");
      boolean later =
          found == null
              || row.path("window_start").asText().compareTo(found.path("window_start").asText())
                  > 0;
      if (unknown && later) {
        found = row;
      }
    }
    assertThat(found).as("a row category|unknown").isNotNull();
    return found;
  }

  /** Rows of closed windows that had degraded lines when they closed, and have none now. */
  private static long rowsRepairedAfterTheirEnd() {
    long repaired = 0;
    for (List<JsonNode> versions : Rows.read(SHOP).all()) {
      boolean degradedAtEnd =
          versions.stream()
              .anyMatch(row -> row.path("final").asBoolean() && row.path("degraded").asLong() > 0);
      if (degradedAtEnd && versions.get(versions.size() - 1).path("degraded").asLong() == 0) {
        repaired++;
      }
    }
    Figures.say("routes: %d rows were repaired after their window's end", repaired);
    return repaired;
  }

  private Map<String, RawRecord> controlLetters() {
    Map<String, RawRecord> letters = new HashMap<>();
    for (RawRecord letter : SHOP.read(Topics.DEAD_LETTERS)) {
      if (header(letter, "stage").equals("control")) {
        letters.put(new String(letter.key(), StandardCharsets.UTF_8), letter);
      }
    }
    return letters;
  }

  private static String header(RawRecord letter, String name) {
    byte[] value = letter.headers().get(name);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static JsonNode json(RawRecord record) throws IOException {
    return Json.MAPPER.readTree(record.value());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
