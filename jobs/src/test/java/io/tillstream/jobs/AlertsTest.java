package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.alerting.rules.RulesInForce;
import io.tillstream.operators.ingestion.SourceMessage;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.Status;
import io.tillstream.routing.event.ShopEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology that production runs: a product's stock falls and rises, by way of one aggregation
 * and then the other, while a process dies, the job is restored at another parallelism and people
 * change the rules. Each episode is told once, under one name.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class AlertsTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final String TOPIC = "shop-events";

  /** The stock of the product that all is about, by position. */
  private static final int[] STOCK = {50, 5, 5, 30, 25, 20};

  @TempDir Path folder;

  private final AtomicBoolean crash = new AtomicBoolean();
  private PipelineRun run;

  @BeforeEach
  void begin() throws Exception {
    run = new PipelineRun(folder, new Stocks(), AlertsTest::command);
    MadeFaults.make(this::fault);
  }

  @AfterEach
  void end() throws Exception {
    MadeFaults.end();
    run.close();
  }

  private void fault(String agent, ShopEvent event) {
    if (crash.getAndSet(false)) {
      throw new StackOverflowError("a process dies, as the test wants it");
    }
  }

  /** In the first partition the product whose stock falls, in the others one that has enough. */
  private static final class Stocks implements OpenSource.Maker<SourceMessage> {
    private static final long serialVersionUID = 1L;

    @Override
    public SourceMessage make(int part, long position) {
      long time = MadeTraffic.T0 + position;
      String json =
          """
          {"event_id":"e-%d-%d","event_type":"inventory_update","event_time":%d,
           "items":[{"item_id":"p%d","available":%d}]}
          """
              .formatted(part, position, time, part, part == 0 ? STOCK[(int) position] : 1_000);
      return new RawRecord(
          TOPIC, part, position, time, null, json.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Override
    public SourceMessage announce(int part, long position) {
      return new PartitionAssigned(TOPIC, part, position, PartitionAssigned.UNBOUNDED);
    }
  }

  private static ControlMessage command(int part, long position) {
    String json =
        switch ((int) position) {
          case 0 ->
              """
              {"command_id":"c0","type":"route","route":"aggregation","mode":"fallback"}
              """;
          case 1 ->
              """
              {"command_id":"c1","type":"rules","apply":[{"rule_id":"mine","dimension":"product",
               "key":"p0","metric":"available","comparison":"lt","threshold":28}]}
              """;
          case 2 ->
              """
              {"command_id":"c2","type":"rules","remove":["mine"]}
              """;
          default ->
              """
              {"command_id":"c3","type":"rules","remove":["nobodys"]}
              """;
        };
    return new ControlMessage(
        json.getBytes(StandardCharsets.UTF_8), PipelineRun.CONTROL, part, position, null);
  }

  private static List<Alert> told() {
    return Collected.of(CollectedAlerts.NAME, 0);
  }

  private void awaitTold(String what, String rule, Status status) throws Exception {
    run.await(
        what,
        () ->
            told().stream()
                .anyMatch(alert -> alert.ruleId().equals(rule) && alert.status() == status),
        AlertsTest::told);
  }

  private void awaitRules(String command) throws Exception {
    run.await(
        "the rules' change",
        () ->
            Collected.<RulesInForce>of("rules-in-force", 0).stream()
                .anyMatch(rules -> command.equals(rules.commandId())));
  }

  private static long preSumsThatKnow() {
    return CollectedReports.epochs("pre-sum").stream().filter(epoch -> epoch > 0).count();
  }

  @Test
  void eachEpisodeIsToldOnceUnderOneName() throws Exception {
    run.submit(2, null, 3);
    OpenSource.feed(PipelineRun.EVENTS, 2, Long.MAX_VALUE);
    awaitTold("the alert", "low-stock", Status.RAISED);
    crash.set(true);
    OpenSource.feed(PipelineRun.EVENTS, 3, Long.MAX_VALUE);
    run.await("the crash", () -> !crash.get());
    CollectedReports.reset();

    OpenSource.feed(PipelineRun.CONTROL, 1, Long.MAX_VALUE);
    run.await("everybody's knowing of the switch", () -> preSumsThatKnow() == 4);
    String savepoint = run.stopWithSavepoint();
    CollectedReports.reset();
    run.submit(3, savepoint, 0);
    run.await("everybody's knowing after the restore", () -> preSumsThatKnow() == 6);

    // The backup tells of the new stock; the primary's row still says 5.
    OpenSource.feed(PipelineRun.EVENTS, 4, Long.MAX_VALUE);
    awaitTold("the end", "low-stock", Status.RESOLVED);
    assertThat(told()).extracting(Alert::key).containsOnly("p0");
    assertThat(told()).extracting(Alert::alertId).containsOnly(told().get(0).alertId());
    assertThat(told()).extracting(Alert::status).containsExactly(Status.RAISED, Status.RESOLVED);

    OpenSource.feed(PipelineRun.CONTROL, 2, Long.MAX_VALUE);
    awaitRules("c1");
    OpenSource.feed(PipelineRun.EVENTS, 5, Long.MAX_VALUE);
    awaitTold("the new rule's alert", "mine", Status.RAISED);
    OpenSource.feed(PipelineRun.CONTROL, 3, Long.MAX_VALUE);
    awaitTold("its end with the rule", "mine", Status.RESOLVED);
    assertThat(told().get(told().size() - 1).reason()).contains("removed");
    OpenSource.feed(PipelineRun.CONTROL, 4, Long.MAX_VALUE);
    run.await("the refusal", () -> Collected.size("dead-letters") == 1);
    assertThat(told()).hasSize(4);
  }
}
