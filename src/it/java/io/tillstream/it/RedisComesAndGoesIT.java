package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.RouteTrial.Measured;
import io.tillstream.local.process.Processes;
import io.tillstream.local.stack.Part;
import io.tillstream.local.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Redis is dead before the job starts, dead over a crash of the job, and dead every other second.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisComesAndGoesIT {
  private static final String ROUTE = "enrichment";
  private static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension
  @Order(1)
  static final RedisProxy REDIS = RedisProxy.of(RedisComesAndGoesIT.class);

  @RegisterExtension
  @Order(2)
  static final Shop SHOP =
      Shop.with(
          usual ->
              usual.window(RouteTrial.WINDOW).jobOption("redis.uri", REDIS.uri()).withoutJob());

  private final RouteTrial trial = new RouteTrial(SHOP, ROUTE);

  @Test
  @Order(1)
  void deadBeforeTheJobStarts() throws Exception {
    SHOP.loadCatalog(RouteTrial.traffic(0));
    SHOP.stack().kill(Part.REDIS);
    Measured measured;
    try (LiveVisits visits = trial.visitors()) {
      Instant submitted = Instant.now();
      SHOP.stack().startJob();
      JsonNode away = awaitSwitch("fallback", submitted);
      visits.pass(Duration.ofSeconds(8));
      assertThat(SHOP.status().degradedOpen()).isPositive();

      SHOP.stack().start(Part.REDIS);
      Instant mended = Instant.now();
      trial.awaitPrimary();
      measured = trial.measured(submitted, away, mended);
      visits.stop();
    }
    trial.settle("Redis dead before the job is submitted (left: since the submit)", measured);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
  }

  @Test
  @Order(2)
  void deadOverACrashOfTheJob() throws Exception {
    begin();
    RouteFiles.forgetReturnsSoon(SHOP);
    Measured measured;
    try (LiveVisits visits = trial.visitors()) {
      visits.pass(Duration.ofSeconds(4));
      trial.awaitPrimary();
      Instant broken = Instant.now();
      SHOP.stack().kill(Part.REDIS);
      JsonNode away = awaitSwitch("fallback", broken);
      awaitCheckpoint();
      long restarts = SHOP.status().restarts();
      SHOP.stack().kill(Part.TASKMANAGER);
      visits.pass(Duration.ofSeconds(2));
      SHOP.stack().start(Part.TASKMANAGER);
      Await.until(
          "the job runs again",
          Duration.ofSeconds(60),
          () -> {
            Status status = SHOP.status();
            return status.restarts() > restarts && status.jobState().equals("RUNNING");
          });
      long before = SHOP.status().degradedOpen();
      Await.until(
          "lines are still degraded after the restore",
          SOON,
          () -> SHOP.status().degradedOpen() > before);
      visits.pass(Duration.ofSeconds(5));

      assertThat(Decisions.of(SHOP, ROUTE).since(broken).switches().all())
          .as("the decision survives the restore")
          .containsExactly(away);
      assertThat(AgentReports.read(SHOP).epoch("ingestion", "deduplicate"))
          .as("the epoch that the router knows after the restore")
          .isGreaterThanOrEqualTo(away.path("epoch").asLong());

      SHOP.stack().start(Part.REDIS);
      Instant mended = Instant.now();
      trial.awaitPrimary();
      measured = trial.measured(broken, away, mended);
      visits.stop();
    }
    trial.settle("Redis SIGKILL, then the TaskManager", measured);
    assertThat(measured.away()).isLessThanOrEqualTo(2);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
    long lastEpoch = 0;
    for (JsonNode decision : Decisions.of(SHOP, ROUTE).all()) {
      assertThat(decision.path("epoch").asLong()).isGreaterThan(lastEpoch);
      lastEpoch = decision.path("epoch").asLong();
    }
  }

  @Test
  @Order(3)
  void flapping() throws Exception {
    begin();
    Measured measured;
    try (LiveVisits visits = trial.visitors()) {
      visits.pass(Duration.ofSeconds(6));
      // The returns of the tests before are forgotten; from now on it is as it is for everybody.
      assertThat(RouteFiles.apply(SHOP, RouteFiles.standard()).exit()).isZero();
      trial.awaitPrimary();
      Instant broken = Instant.now();
      REDIS.flap(Duration.ofSeconds(1), 15).get(90, TimeUnit.SECONDS);
      Instant mended = Instant.now();
      trial.awaitPrimary();
      JsonNode away = awaitSwitch("fallback", broken);
      measured = trial.measured(broken, away, mended);
      visits.stop();
    }
    trial.settle("Redis 1 s down, 1 s up, 30 s", measured);
    assertThat(measured.switches()).isLessThanOrEqualTo(6);
    assertThat(measured.back()).isLessThanOrEqualTo(30);
  }

  // Also where the test before failed half-way, or where a test is repeated alone.
  private void begin() throws Exception {
    if (new Processes(SHOP.run().path()).find("redis").isEmpty()) {
      SHOP.stack().start(Part.REDIS);
    }
    if (SHOP.at().jobId().isEmpty()) {
      SHOP.loadCatalog(RouteTrial.traffic(0));
      SHOP.stack().startJob();
    }
    trial.awaitPrimary();
  }

  private static JsonNode awaitSwitch(String to, Instant since) {
    return Decisions.awaitSwitch(SHOP, ROUTE, to, since, SOON);
  }

  private static void awaitCheckpoint() {
    long before = SHOP.status().checkpointsCompleted();
    Await.until(
        "a checkpoint holds the decision",
        SOON,
        () -> SHOP.status().checkpointsCompleted() > before);
  }
}
