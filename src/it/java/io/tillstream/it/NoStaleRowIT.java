package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.layout.Json;
import io.tillstream.local.stack.Part;
import io.tillstream.local.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rows that were published after the last checkpoint (or before the first) are unknown to the
 * restored job. Here the first life counts a product under {@code unknown}, by the bypass; the
 * second one looks it up and would never touch that row again. A reader must not keep it.
 *
 * <p>Checkpoints come only when a test asks for one, so the crash is always before the next.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoStaleRowIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @RegisterExtension
  static final Shop SHOP =
      Shop.with(usual -> usual.flinkSetting("execution.checkpointing.interval", "10 h"));

  /** A product, its category, and the window that nobody else touches. */
  private record Case(String product, String category, Instant window) {}

  private static final List<Case> CASES =
      List.of(
          new Case("LAMP", "lamps", NOON),
          new Case("SHOE", "shoes", NOON.plusSeconds(60)),
          new Case("BOOK", "books", NOON.plusSeconds(120)),
          new Case("BAG", "bags", NOON.plusSeconds(180)));

  @BeforeAll
  static void loadCatalog() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Case one : CASES) {
      lines.append(
          "{\"item_id\":\"%s\",\"title\":\"%s\",\"category\":\"%s\"}\n"
              .formatted(one.product, one.product, one.category));
    }
    Path file = SHOP.run().path().resolve("catalog.jsonl");
    Files.writeString(file, lines);
    SHOP.loadCatalog(file);
  }

  @Test
  @Order(1)
  void afterACrashBeforeTheFirstCheckpointUnderAPinnedRoute() {
    Case one = CASES.get(0);
    pinFallback();
    JsonNode stale = countAsUnknown(one);
    assertThat(SHOP.status().checkpointsCompleted()).isZero();

    crash(() -> ShopDesk.command(SHOP, "primary"));

    requireSuperseded(one, stale);
  }

  @Test
  @Order(2)
  void afterACrashBeforeTheFirstCheckpointWhileRedisIsAway() {
    Case one = CASES.get(1);
    SHOP.stack().kill(Part.REDIS);
    JsonNode stale = countAsUnknown(one);
    assertThat(SHOP.status().checkpointsCompleted()).isZero();

    crash(() -> SHOP.stack().start(Part.REDIS));

    requireSuperseded(one, stale);
  }

  @Test
  @Order(3)
  void afterACrashBetweenCheckpointsUnderAPinnedRoute() {
    Case one = CASES.get(2);
    long checkpoints = takeCheckpoint();
    pinFallback();
    JsonNode stale = countAsUnknown(one);
    assertThat(SHOP.status().checkpointsCompleted()).isEqualTo(checkpoints);

    crash(() -> ShopDesk.command(SHOP, "primary"));

    requireSuperseded(one, stale);
  }

  @Test
  @Order(4)
  void afterACrashBetweenCheckpointsWhileRedisIsAway() {
    Case one = CASES.get(3);
    long checkpoints = takeCheckpoint();
    SHOP.stack().kill(Part.REDIS);
    JsonNode stale = countAsUnknown(one);
    assertThat(SHOP.status().checkpointsCompleted()).isEqualTo(checkpoints);

    crash(() -> SHOP.stack().start(Part.REDIS));

    requireSuperseded(one, stale);
  }

  private static void pinFallback() {
    new RouteControl(SHOP.at().kafka(), Clock.systemUTC())
        .switchTo("enrichment", "fallback", "test");
  }

  /** Three lines of the product, bypassed; returns the row that a reader sees of them. */
  private static JsonNode countAsUnknown(Case one) {
    ShopDesk.view(SHOP, one.product, one.window.plusSeconds(10));
    ShopDesk.view(SHOP, one.product, one.window.plusSeconds(11));
    ShopDesk.purchase(SHOP, one.product, one.window.plusSeconds(12));
    return Await.value(
            "the three lines stand under unknown, degraded",
            SOON,
            () -> Rows.read(SHOP).newest("category", "unknown", one.window),
            row -> row.isPresent() && row.get().path("degraded").asLong() == 3)
        .get();
  }

  private static long takeCheckpoint() {
    long before = SHOP.status().checkpointsCompleted();
    try {
      SHOP.stack()
          .rest()
          .post(
              "/jobs/" + SHOP.at().jobId() + "/checkpoints",
              Json.MAPPER.createObjectNode().put("checkpointType", "CONFIGURED"));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return Await.value(
        "the checkpoint completes",
        SOON,
        () -> SHOP.status().checkpointsCompleted(),
        completed -> completed == before + 1);
  }

  /** The next life of the job has what the last one lacked. */
  private static void crash(Runnable meanwhile) {
    long restarts = SHOP.status().restarts();
    SHOP.stack().kill(Part.TASKMANAGER);
    meanwhile.run();
    SHOP.stack().start(Part.TASKMANAGER);
    Await.until(
        "the job runs again",
        Duration.ofSeconds(90),
        () -> {
          Status status = SHOP.status();
          return status.restarts() > restarts && status.jobState().equals("RUNNING");
        });
  }

  private static void requireSuperseded(Case one, JsonNode stale) {
    SHOP.awaitDrained(Duration.ofMinutes(2));
    Rows rows = Rows.read(SHOP);
    JsonNode unknown = rows.newest("category", "unknown", one.window).orElseThrow();
    JsonNode known = rows.newest("category", one.category, one.window).orElseThrow();
    JsonNode product = rows.newest("product", one.product, one.window).orElseThrow();
    boolean bypassedAgain =
        rows.versions("category", "unknown", one.window).stream()
            .anyMatch(
                row ->
                    row.path("version").asLong() > stale.path("version").asLong()
                        && row.path("views").asLong() > 0);

    Figures.say(
        "no stale row: %s, unknown was version %s, now %s %s",
        one.product,
        stale.path("version"),
        unknown.path("version"),
        bypassedAgain ? "(replayed by the bypass, then repaired)" : "(replayed by enrichment)");
    assertThat(unknown.path("version").asLong()).isGreaterThan(stale.path("version").asLong());
    assertThat(unknown.path("views").asLong()).isZero();
    assertThat(unknown.path("purchases").asLong()).isZero();
    assertThat(unknown.path("degraded").asLong()).isZero();
    assertThat(unknown.path("revenue").path("USD").asText("0.00")).isEqualTo("0.00");
    assertThat(known.path("views").asLong()).isEqualTo(2);
    assertThat(known.path("revenue").path("USD").asText()).isEqualTo("9.99");
    assertThat(product.path("category").asText()).isEqualTo(one.category);
    OracleReport report = SHOP.judgeExact(OracleOptions.defaults());
    assertThat(report.count("late")).isZero();
  }
}
