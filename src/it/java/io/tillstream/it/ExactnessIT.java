package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.it.oracle.TrendOracle;
import io.tillstream.local.data.traffic.DirtyRecord;
import io.tillstream.local.layout.Bucket;
import io.tillstream.local.layout.Json;
import io.tillstream.local.status.Status;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All goes well: what comes out equals what an offline program computes, to the cent. */
class ExactnessIT {
  /** Carts end within the ten minutes, so that abandoned ones are seen too. */
  private static final Duration CART_TIMEOUT = Duration.ofMinutes(2);

  private static final List<String> AGENTS =
      List.of("ingestion", "enrichment", "aggregation", "orchestrator");

  private static final List<String> FIELDS =
      List.of(
          "event_id",
          "event_type",
          "event_time",
          "user_id",
          "session_id",
          "transaction_id",
          "currency",
          "items",
          "item_id",
          "price",
          "quantity",
          "available");

  @RegisterExtension
  static final Shop SHOP =
      Shop.with(usual -> usual.jobOption("aggregation.cart-timeout", CART_TIMEOUT.toString()));

  private static Status drained;

  /** Flink counts what it could not trigger while the job was starting as failed. */
  private static long failedBefore;

  @BeforeAll
  static void play() throws IOException {
    SHOP.loadCatalog(MadeShop.TRAFFIC);
    failedBefore = SHOP.status().json().path("checkpoints").path("failed").asLong();
    long began = System.nanoTime();
    try (EventSender sender = new EventSender(SHOP.at().kafka(), Topics.SHOP_EVENTS)) {
      MadeShop.open(sender);
      SHOP.awaitDrained(Duration.ofMinutes(3));
      Figures.say("exactness: %,d records drained after %.1f s", sender.sent(), seconds(began));
      MadeShop.straggle(sender);
    }
    drained = SHOP.awaitDrained(Duration.ofMinutes(1));
  }

  @Test
  void everyNumberEqualsTheOracles() {
    OracleReport report = SHOP.judgeExact(OracleOptions.defaults().withCartTimeout(CART_TIMEOUT));

    Figures.say("exactness: %s", report.toString().strip());
    assertThat(report.count("rows")).isGreaterThan(10_000);
    assertThat(report.count("duplicate")).isGreaterThan(MadeShop.RECORDS / 100);
    assertThat(drained.duplicate()).isEqualTo(report.count("duplicate"));
    assertThat(drained.late()).isEqualTo(MadeShop.STRAGGLERS);
    assertThat(drained.deadLettered()).isGreaterThan(MadeShop.RECORDS / 300);
  }

  @Test
  void everyKindOfBadRecordIsKeptWithItsReason() {
    List<DirtyRecord> bad = MadeShop.bad();
    Map<String, RawRecord> letters = new HashMap<>();
    for (RawRecord letter : SHOP.read(Topics.DEAD_LETTERS)) {
      if (letter.key() != null) {
        letters.put(text(letter.key()), letter);
      }
    }

    Figures.say("exactness: %d kinds of bad record", bad.size());
    assertThat(bad).hasSizeGreaterThanOrEqualTo(60);
    assertThat(letters).hasSize(bad.size() + 1);
    assertThat(letters.get(MadeShop.TOMBSTONE).value()).isNull();
    for (int i = 0; i < bad.size(); i++) {
      DirtyRecord one = bad.get(i);
      RawRecord letter = letters.get(MadeShop.KEY + i);
      assertThat(letter).as(one.name()).isNotNull();
      assertThat(letter.value()).as(one.name()).isEqualTo(one.bytes());
      Map<String, byte[]> headers = letter.headers();
      assertThat(text(headers.get("error_class"))).as(one.name()).isEqualTo(one.errorClass());
      assertThat(text(headers.get("error"))).as(one.name()).isNotBlank().hasSizeLessThan(1_000);
      assertThat(namesField(one, text(headers.get("error")))).as(one.name()).isTrue();
      assertThat(text(headers.get("stage"))).as(one.name()).isEqualTo("parse");
      assertThat(text(headers.get("topic"))).isEqualTo(Topics.SHOP_EVENTS);
      assertThat(text(headers.get(MadeShop.TRACE))).isEqualTo(one.name());
    }
  }

  /** If the record's name says which field is wrong, the error must too. */
  private static boolean namesField(DirtyRecord one, String error) {
    List<String> named = FIELDS.stream().filter(one.name()::contains).toList();
    boolean parsed = !one.errorClass().equals(DirtyRecord.NOT_JSON);
    return !parsed || named.isEmpty() || named.stream().anyMatch(error::contains);
  }

  @Test
  void nothingMadeTheJobRestart() {
    assertThat(drained.jobState()).isEqualTo("RUNNING");
    assertThat(drained.restarts()).isZero();
  }

  @Test
  void lateEventsAreKeptWhole() {
    Set<String> ids = new HashSet<>();
    for (RawRecord late : SHOP.read(Topics.LATE_EVENTS)) {
      assertThat(json(late).path("event_id").asText()).isEqualTo(text(late.key()));
      ids.add(text(late.key()));
    }

    assertThat(ids).hasSize(MadeShop.STRAGGLERS).allMatch(id -> id.startsWith("late-"));
  }

  @Test
  void trendingListsNameTheTopProducts() {
    List<RawRecord> lists = SHOP.read(Topics.SHOP_TRENDING);
    // The stragglers came after the last list was made.
    List<RawRecord> events =
        SHOP.read(Topics.SHOP_EVENTS).stream()
            .filter(event -> event.timestamp() <= lists.get(lists.size() - 1).timestamp())
            .toList();
    TrendOracle right = TrendOracle.of(events, OracleOptions.defaults());

    Figures.say("exactness: %d trending lists", lists.size());
    assertThat(lists).hasSizeGreaterThan(5);
    Instant before = Instant.MIN;
    for (RawRecord record : lists) {
      JsonNode list = json(record);
      fields(list, "window_end", "items");
      Instant end = Instant.parse(list.path("window_end").asText());
      assertThat(text(record.key())).isEqualTo(list.path("window_end").asText());
      assertThat(end).isAfter(before).isBeforeOrEqualTo(MadeShop.CLOSES);
      before = end;
      checkTop(list.path("items"), right.counts(end, 60));
    }
    JsonNode last = json(lists.get(lists.size() - 1)).path("items");
    assertThat(last.findValuesAsText("title")).doesNotContain("null", "");
  }

  /** At most 20 products, with their true counts, and none left out that was viewed more. */
  private static void checkTop(JsonNode items, Map<String, TrendOracle.Count> right) {
    assertThat(items.size()).isEqualTo(Math.min(20, right.size()));
    Map<String, TrendOracle.Count> others = new HashMap<>(right);
    long views = Long.MAX_VALUE;
    int rank = 0;
    for (JsonNode item : items) {
      fields(item, "item_id", "title", "category", "views", "units", "rank", "previous_rank");
      String id = item.path("item_id").asText();
      assertThat(item.path("rank").asInt()).isEqualTo(++rank);
      assertThat(new TrendOracle.Count(item.path("views").asLong(), item.path("units").asLong()))
          .as(id)
          .isEqualTo(others.remove(id));
      assertThat(item.path("views").asLong()).isLessThanOrEqualTo(views);
      views = item.path("views").asLong();
    }
    long least = views;
    assertThat(others.values()).allMatch(other -> other.views() <= least);
  }

  @Test
  void everyAgentReportsEachSecond() {
    Set<String> reporting = new HashSet<>();
    List<RawRecord> reports = SHOP.read(Topics.AGENT_STATUS);
    long recently = reports.get(reports.size() - 1).timestamp() - 3_000;
    for (RawRecord report : reports) {
      if (report.timestamp() >= recently) {
        reporting.add(json(report).path("agent").asText());
      }
    }

    assertThat(reporting).containsAll(AGENTS);
    assertThat(agents(SHOP.status().json()))
        .containsAllEntriesOf(
            Map.of(
                "ingestion", "running",
                "enrichment", "running",
                "aggregation", "running",
                "orchestrator", "running"));
  }

  @Test
  void checkpointsAreIncrementalAndLieInS3() throws IOException {
    JsonNode points =
        Await.value(
            "a checkpoint uploads less than it stands for",
            Duration.ofSeconds(60),
            () -> SHOP.status().json().path("checkpoints"),
            seen ->
                seen.path("completed").asLong() >= 2
                    && seen.path("last_bytes").asLong() < seen.path("full_bytes").asLong());

    Figures.say("exactness: checkpoints %s", points);
    assertThat(points.path("failed").asLong()).isEqualTo(failedBefore);
    Path bucket = SHOP.run().s3().resolve(Bucket.NAME).resolve("checkpoints");
    try (Stream<Path> files = Files.walk(bucket)) {
      assertThat(files.map(file -> file.getFileName().toString())).contains("_metadata");
    }
  }

  @Test
  void statusHasExactlyTheContractsFields() throws IOException, InterruptedException {
    Cli.Result result = Cli.run(SHOP.run(), "status", "--json");

    assertThat(result.exit()).as(result.err()).isZero();
    JsonNode status = Json.MAPPER.readTree(result.out());
    fields(status, "job", "agents", "routes", "checkpoints", "lag", "ledger");
    fields(status.path("job"), "id", "state", "restarts");
    for (JsonNode agent : status.path("agents")) {
      fields(agent, "agent", "state", "since", "error_rate", "indicators");
    }
    assertThat(agents(status)).containsKeys(AGENTS.toArray(String[]::new));
    for (JsonNode route : status.path("routes")) {
      fields(route, "route", "mode", "active", "epoch", "reason", "since");
    }
    assertThat(status.path("routes").findValuesAsText("route"))
        .containsExactly("enrichment", "aggregation");
    fields(
        status.path("checkpoints"),
        "completed",
        "failed",
        "last_completed_at",
        "last_duration_ms",
        "last_bytes",
        "full_bytes");
    fields(status.path("lag"), "records");
    fields(
        status.path("ledger"),
        "in",
        "aggregated",
        "duplicate",
        "late",
        "dead_lettered",
        "degraded_open",
        "balanced");
    assertThat(status.path("job").path("id").asText()).isEqualTo(SHOP.at().jobId());
    assertThat(status.path("ledger").path("in").asLong()).isEqualTo(SHOP.count(Topics.SHOP_EVENTS));
    assertThat(status.path("ledger").path("balanced").asBoolean()).isTrue();
  }

  private static void fields(JsonNode node, String... names) {
    assertThat(names(node)).containsExactlyInAnyOrder(names);
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, String> agents(JsonNode status) {
    Map<String, String> states = new HashMap<>();
    status
        .path("agents")
        .forEach(agent -> states.put(agent.path("agent").asText(), agent.path("state").asText()));
    return states;
  }

  private static JsonNode json(RawRecord record) {
    try {
      return Json.MAPPER.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text(record.value()), e);
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
