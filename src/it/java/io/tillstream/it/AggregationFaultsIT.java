package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.RouteTrial.Fault;
import io.tillstream.it.RouteTrial.Measured;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.layout.Json;
import io.tillstream.local.stack.Part;
import io.tillstream.local.status.Status;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The aggregation's core throws, on one record or on all, and a second chain takes over. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AggregationFaultsIT {
  private static final String PRIMARY = "aggregation";
  private static final String BACKUP = "backup-aggregation";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final FaultService FAULTS = FaultService.of(AggregationFaultsIT.class);

  @RegisterExtension
  static final Shop SHOP =
      Shop.with(usual -> usual.window(RouteTrial.WINDOW).classpath(FAULTS.url()));

  private final RouteTrial trial = new RouteTrial(SHOP, PRIMARY);

  @BeforeAll
  static void loadCatalog() throws Exception {
    FAULTS.heal();
    SHOP.loadCatalog(RouteTrial.traffic(0));
    RouteFiles.forgetReturnsSoon(SHOP);
  }

  @AfterEach
  void heal() {
    FAULTS.heal();
  }

  @Test
  @Order(1)
  void oneRecordIsTriedThriceMoreAndThenTakenByTheBackup() throws Exception {
    trial.awaitPrimary();
    long retried = count("retried");
    long fellBack = count("fell_back");
    int switches = Decisions.of(SHOP, PRIMARY).switches().count();
    FAULTS.failOn("POISON", PRIMARY);
    try (LiveVisits visits = trial.visitors()) {
      visits.pass(Duration.ofSeconds(3));
      ShopDesk.view(SHOP, "POISON", Instant.now());
      Await.until("it fell back", SOON, () -> count("fell_back") == fellBack + 1);
      visits.pass(Duration.ofSeconds(3));
      visits.stop();
    }

    long tries = count("retried") - retried;
    trial.settle("throws on 1 record", Measured.NOTHING);
    Figures.say("route aggregation: 1 record, %d retries, 1 fell back", tries);
    assertThat(tries).isEqualTo(3);
    assertThat(count("fell_back")).isEqualTo(fellBack + 1);
    assertThat(Decisions.of(SHOP, PRIMARY).switches().count()).isEqualTo(switches);
    assertThat(aggregatorsOf("POISON")).containsExactly("backup");
  }

  @Test
  @Order(2)
  void whenAllRecordsFailTheRouteLeavesAndComesBackWhenHealed() throws Exception {
    long retried = count("retried");
    long fellBack = count("fell_back");
    Measured measured =
        trial.run(
            new Fault(
                "throws on 100 %, 10 s",
                Duration.ofSeconds(10), () -> FAULTS.failOnAll(PRIMARY), FAULTS::heal));

    long fell = count("fell_back") - fellBack;
    long tries = count("retried") - retried;
    Figures.say("route aggregation: %d retries, %d fell back", tries, fell);
    assertThat(measured.away()).isLessThanOrEqualTo(2);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
    assertThat(fell).isPositive();
    // Those under way when it was healed needed fewer.
    assertThat(tries).isGreaterThanOrEqualTo(3 * fell);
  }

  @Test
  @Order(3)
  void aCrashInTheMiddleOfASwitchBendsNoNumber() throws Exception {
    RouteControl control = new RouteControl(SHOP.at().kafka(), Clock.systemUTC());
    Instant began = Instant.now();
    Measured measured;
    try (LiveVisits visits = trial.visitors()) {
      visits.pass(Duration.ofSeconds(3));
      JsonNode away = control.switchTo(PRIMARY, "fallback", "test");
      SHOP.stack().kill(Part.TASKMANAGER);
      SHOP.stack().start(Part.TASKMANAGER);
      awaitRunning();
      visits.pass(Duration.ofSeconds(4));
      control.switchTo(PRIMARY, "primary", "test");
      control.switchTo(PRIMARY, "fallback", "test");
      visits.pass(Duration.ofSeconds(2));
      control.switchTo(PRIMARY, "auto", "test");
      Instant mended = Instant.now();
      trial.awaitPrimary();
      measured = trial.measured(began, away, mended);
      visits.stop();
    }
    trial.settle("switched by hand, the TaskManager SIGKILLed in between", measured);
  }

  /** Last: what even the backup refuses is in no row, so the oracle would miss it. */
  @Test
  @Order(4)
  void whatTheBackupCannotTakeEitherIsADeadLetter() {
    trial.awaitPrimary();
    SHOP.awaitDrained(Duration.ofMinutes(1));
    long letters = SHOP.status().deadLettered();
    FAULTS.failOn("POISON-2", PRIMARY, BACKUP);

    ShopDesk.view(SHOP, "POISON-2", Instant.now());

    RawRecord letter =
        Await.value(
                "the record is a dead letter",
                SOON,
                AggregationFaultsIT::lettersOfTheBackup,
                found -> !found.isEmpty())
            .get(0);
    Status drained = SHOP.awaitDrained(Duration.ofMinutes(1));
    assertThat(lettersOfTheBackup()).hasSize(1);
    assertThat(header(letter, "error_class")).isEqualTo("PROCESSING_FAILED");
    assertThat(header(letter, "error")).contains("a fault made on purpose");
    assertThat(header(letter, "topic")).isEqualTo(Topics.SHOP_EVENTS);
    assertThat(letter.value()).isEqualTo(original(letter).value());
    assertThat(drained.deadLettered()).isEqualTo(letters + 1);
    assertThat(drained.balanced()).isTrue();
    assertThat(drained.restarts()).isEqualTo(SHOP.status().restarts());
  }

  private static RawRecord original(RawRecord letter) {
    return SHOP.read(Topics.SHOP_EVENTS).stream()
        .filter(
            record ->
                header(letter, "partition").equals("" + record.partition())
                    && header(letter, "offset").equals("" + record.offset()))
        .findFirst()
        .orElseThrow();
  }

  private static List<RawRecord> lettersOfTheBackup() {
    return SHOP.read(Topics.DEAD_LETTERS).stream()
        .filter(letter -> header(letter, "stage").equals(BACKUP))
        .toList();
  }

  private static String header(RawRecord letter, String name) {
    byte[] value = letter.headers().get(name);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  /** A count of the primary. */
  private static long count(String name) {
    return AgentReports.read(SHOP).count(PRIMARY, name);
  }

  private static void awaitRunning() {
    Await.until(
        "the job runs again",
        Duration.ofSeconds(60),
        () -> {
          Status status = SHOP.status();
          return status.restarts() > 0 && status.jobState().equals("RUNNING");
        });
  }

  /** Who published rows of that product that count something. */
  private static List<String> aggregatorsOf(String product) throws IOException {
    List<String> who = new ArrayList<>();
    for (RawRecord record : SHOP.read(Topics.SHOP_METRICS)) {
      JsonNode row = Json.MAPPER.readTree(record.value());
      String aggregator = row.path("aggregator").asText();
      if (row.path("key").asText().equals(product)
          && row.path("views").asLong() > 0
          && !who.contains(aggregator)) {
        who.add(aggregator);
      }
    }
    return who;
  }
}
