package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.layout.Bucket;
import io.tillstream.local.stack.Part;
import io.tillstream.local.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts whose death takes the job or its topics with it, killed under live traffic. */
class RestartsIT {
  private static final int RATE = 1_500;
  private static final Duration AWAY = Duration.ofSeconds(5);

  @RegisterExtension static final Shop SHOP = Shop.standard();

  @BeforeAll
  static void loadCatalog() throws Exception {
    SHOP.loadCatalog(traffic(0));
  }

  /** The same shop, other visits. */
  private static TrafficOptions traffic(long seed) {
    return new TrafficOptions(seed, RATE, 2_000, 5_000, 0.01, 0.002);
  }

  @Test
  void aKilledJobManagerComesBackFromTheNewestCheckpoint() throws Exception {
    String jobBefore = SHOP.at().jobId();
    String newest;
    try (LiveVisits visits = LiveVisits.begin(SHOP, traffic(21), Duration.ofSeconds(40))) {
      long checkpoints = SHOP.status().checkpointsCompleted();
      Await.until(
          "another checkpoint completes under traffic",
          Duration.ofSeconds(40),
          () -> SHOP.status().checkpointsCompleted() > checkpoints);

      SHOP.stack().kill(Part.JOBMANAGER);
      assertThat(SHOP.status().jobState()).isEqualTo("UNREACHABLE");
      visits.pass(AWAY);
      newest = newestCheckpoint(jobBefore);
      long began = System.nanoTime();
      SHOP.stack().start(Part.JOBMANAGER);
      Figures.say("restarts: start jobmanager took %.1f s", (System.nanoTime() - began) / 1e9);
      visits.finish();
    }

    Status drained = SHOP.awaitDrained(Duration.ofMinutes(2));
    assertThat(SHOP.at().jobId()).isNotEqualTo(jobBefore);
    assertThat(drained.json().path("job").path("id").asText()).isEqualTo(SHOP.at().jobId());
    JsonNode restored =
        SHOP.stack().rest().checkpoints(SHOP.at().jobId()).path("latest").path("restored");
    assertThat(restored.path("external_path").asText()).endsWith(jobBefore + "/" + newest);
    judge("jobmanager");
  }

  @Test
  void aKilledBrokerLosesNothing() throws Exception {
    try (LiveVisits visits = LiveVisits.begin(SHOP, traffic(22), Duration.ofSeconds(40))) {
      visits.pass(Duration.ofSeconds(10));

      SHOP.stack().kill(Part.KAFKA);
      visits.pass(AWAY);
      long began = System.nanoTime();
      SHOP.stack().start(Part.KAFKA);
      Figures.say("restarts: start kafka took %.1f s", (System.nanoTime() - began) / 1e9);
      visits.finish();
    }

    Status drained = SHOP.awaitDrained(Duration.ofMinutes(2));
    Figures.say("restarts: %d of the job while Kafka was away", drained.restarts());
    judge("kafka");
  }

  /**
   * The folder of the newest complete checkpoint: each of them is to be read by a new JobManager.
   */
  private static String newestCheckpoint(String job) throws IOException {
    Path checkpoints = SHOP.run().s3().resolve(Bucket.NAME).resolve("checkpoints").resolve(job);
    try (Stream<Path> folders = Files.list(checkpoints)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("_metadata")))
          .map(folder -> folder.getFileName().toString())
          .max(Comparator.comparingInt(name -> Integer.parseInt(name.replace("chk-", ""))))
          .orElseThrow();
    }
  }

  private static void judge(String what) {
    OracleReport report = SHOP.judgeExact(OracleOptions.defaults());
    Figures.say("restarts (%s): %s", what, report.toString().strip());
    assertThat(report.count("aggregated")).isGreaterThan(RATE * 30L);
    assertThat(report.count("late")).isZero();
  }
}
