package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.kafka.KafkaToldAlerts;
import io.tillstream.jobs.kafka.TestClients;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.operators.alerting.watch.ToldAlerts;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertJson;
import io.tillstream.routing.alert.Severity;
import io.tillstream.routing.alert.Status;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was told, read back from a real broker. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KafkaToldAlertsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void whatWasToldSinceIsReadAndNothingElse() throws Exception {
    try (TestKafka kafka = new TestKafka(folder)) {
      kafka.start();
      Properties client = kafka.client();
      Topics.ensure(client, "");
      // The broker says yes a little before it knows the topic itself.
      TestServer.await("the topic", PATIENCE, () -> isThere(client));
      TestClients.send(client, Topics.ALERTS, AlertJson.write(alert(1)));
      try (ToldAlerts told = KafkaToldAlerts.factory(client, Topics.ALERTS).open()) {
        Map<Integer, Long> before = told.endOffsets();
        assertThat(before.values().stream().mapToLong(end -> end).sum()).isEqualTo(1);
        TestClients.send(client, Topics.ALERTS, AlertJson.write(alert(2)));
        TestClients.send(client, Topics.ALERTS, "{\"no\":1}".getBytes(StandardCharsets.UTF_8));
        TestClients.send(client, Topics.ALERTS, null);

        List<Alert> since = new ArrayList<>();
        Map<Integer, Long> end = told.readSince(before, since::add);
        assertThat(since).containsExactly(alert(2));
        assertThat(end.values().stream().mapToLong(offset -> offset).sum()).isEqualTo(4);
        TestServer.await("the ends", PATIENCE, () -> told.endOffsets().equals(end));

        List<Alert> all = new ArrayList<>();
        var unused = told.readSince(new HashMap<>(), all::add);
        assertThat(all).containsExactlyInAnyOrder(alert(1), alert(2));
      }
    }
  }

  private static boolean isThere(Properties client) throws Exception {
    try {
      return !TestClients.setting(client, Topics.ALERTS, "cleanup.policy").isEmpty();
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static Alert alert(long sequence) {
    return new Alert(
        "a-1",
        "low-stock",
        sequence == 1 ? Status.RAISED : Status.UPDATED,
        "product",
        "p1",
        "available",
        new BigDecimal(10 - sequence),
        new BigDecimal("10"),
        Severity.WARNING,
        1_764_000_000_000L,
        1_764_000_000_000L + sequence,
        null,
        "few",
        false,
        sequence,
        null,
        3);
  }
}
