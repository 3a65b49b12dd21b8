package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.ReportMessageCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReportJson;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.json.JsonRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What every adapter of the bus must do, each with its real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BusContract {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static final String HEARD = "heard";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final AtomicLong CLOCK = new AtomicLong(1_795_492_800_000L);

  @TempDir Path folder;

  private TestServer server;
  private final List<ReportChannel> channels = new ArrayList<>();
  private JobClient job;

  abstract TestServer server(Path of) throws Exception;

  /**
   * Makes ready what a submit makes ready, apart from all other tests.
   *
   * @param prefix goes before every name
   */
  abstract void prepare(String prefix) throws Exception;

  abstract ReportChannel.Factory sender();

  abstract Source<ReportMessage, ?, ?> receiver();

  /** How many reports lie on the bus. */
  abstract long stored() throws Exception;

  /** Puts something on the bus that is no report. */
  abstract void garbage();

  @BeforeAll
  final void startServer(@TempDir Path of) throws Exception {
    server = server(of);
    server.start();
  }

  @BeforeEach
  final void prepareTest() throws Exception {
    Collected.reset();
    server.startAgain();
    prepare("t" + CLOCK.incrementAndGet() + "-");
  }

  @AfterEach
  final void stopAll() throws Exception {
    try {
      if (job != null && !job.getJobStatus().get(10, TimeUnit.SECONDS).isGloballyTerminalState()) {
        job.cancel().get(30, TimeUnit.SECONDS);
      }
    } finally {
      job = null;
      channels.forEach(ReportChannel::close);
      channels.clear();
      Collected.reset();
    }
  }

  @AfterAll
  final void stopServer() throws Exception {
    server.close();
  }

  /** One life of an agent, with a channel of its own. */
  final class Sender {
    private final AgentVoice voice;
    private final ReportChannel channel = sender().open();
    private long sequence;

    Sender(String agent) {
      voice = new AgentVoice(agent, "part", 0, 1, CLOCK::incrementAndGet);
      channels.add(channel);
    }

    long send() {
      AgentReport report = voice.get();
      channel.send(report);
      sequence = report.sequence();
      return sequence;
    }

    /** Sends many, no faster than the bus takes them. */
    void send(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        send();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }

    /** The sequences that came, in the order they came. */
    List<Long> heard() {
      return reports().stream()
          .filter(report -> report.incarnation() == voice.incarnation())
          .map(AgentReport::sequence)
          .toList();
    }

    void awaitHeard(String what) throws Exception {
      TestServer.await(what, PATIENCE, () -> heard().contains(sequence));
    }
  }

  private static List<AgentReport> reports() {
    List<AgentReport> reports = new ArrayList<>();
    for (ReportMessage message : Collected.<ReportMessage>of(HEARD, 0)) {
      AgentReport report = reportOrNull(message);
      if (report != null) {
        reports.add(report);
      }
    }
    return reports;
  }

  private static AgentReport reportOrNull(ReportMessage message) {
    try {
      return AgentReportJson.read(message.value());
    } catch (JsonRecordException e) {
      return null; // garbage
    }
  }

  final void listen(String savepoint) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    env.fromSource(
            receiver(),
            WatermarkStrategy.noWatermarks(),
            "reports",
            CodecTypeInfo.of(ReportMessage.class, ReportMessageCodec.class))
        .uid("reports")
        .sinkTo(new Collected<>(HEARD))
        .uid("heard");
    job = env.executeAsync();
  }

  /** Until the receiver is there: it begins at the end, wherever that is when it comes. */
  final void awaitListening() throws Exception {
    Sender knocking = new Sender("knock");
    TestServer.await(
        "somebody who listens",
        PATIENCE,
        () -> {
          knocking.send(1);
          return !knocking.heard().isEmpty();
        });
    knocking.awaitHeard("the last knock");
  }

  final String stopWithSavepoint() throws Exception {
    return job.stopWithSavepoint(false, folder.toUri() + "points", SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
  }

  private static List<Long> from(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void whatIsSentComesInTheOrderOfItsSender() throws Exception {
    listen(null);
    awaitListening();
    Sender one = new Sender("enrichment");
    Sender two = new Sender("aggregation");
    for (int i = 0; i < 150; i++) {
      one.send(1);
      two.send(1);
    }
    garbage();
    one.send();
    two.send();
    one.awaitHeard("the last of one");
    two.awaitHeard("the last of two");
    assertThat(one.heard()).isEqualTo(from(1, 151));
    assertThat(two.heard()).isEqualTo(from(1, 151));
    assertThat(job.getJobStatus().get(10, TimeUnit.SECONDS)).isEqualTo(JobStatus.RUNNING);
  }

  private Sender history() throws Exception {
    Sender early = new Sender("early");
    early.send(20);
    TestServer.await("a history", PATIENCE, () -> stored() == 20);
    return early;
  }

  @Test
  void thePositionSurvivesARestore() throws Exception {
    Sender before = history();
    listen(null);
    awaitListening();
    assertThat(before.heard()).as("a job without state hears no history").isEmpty();
    Sender sender = new Sender("enrichment");
    sender.send(50);
    sender.awaitHeard("the first part");
    String savepoint = stopWithSavepoint();
    sender.send(50);
    listen(savepoint);
    sender.send(50);
    sender.awaitHeard("the last part");
    assertThat(sender.heard()).isEqualTo(from(1, 150));
  }

  @Test
  void aPositionIsKeptBeforeAnythingWasHeard() throws Exception {
    history();
    listen(null);
    TestServer.await("a job that runs", PATIENCE, this::isRunning);
    // The end is found soon after; only what is sent after it must come.
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
    String savepoint = stopWithSavepoint();
    Sender sender = new Sender("enrichment");
    sender.send(20);
    listen(savepoint);
    sender.awaitHeard("all");
    assertThat(sender.heard()).isEqualTo(from(1, 20));
    assertThat(reports()).hasSize(20);
  }

  final boolean isRunning() throws Exception {
    return job.getJobStatus().get(10, TimeUnit.SECONDS) == JobStatus.RUNNING;
  }

  @Test
  void aServerThatDiesAndComesBackIsHeardAgain() throws Exception {
    listen(null);
    awaitListening();
    Sender sender = new Sender("enrichment");
    sender.send(20);
    sender.awaitHeard("the first part");
    server.kill();
    long slowest = sendFor(Duration.ofSeconds(4), sender);
    assertThat(slowest).as("the longest wait, ms").isLessThan(1_500);
    assertThat(isRunning()).isTrue();
    server.start();
    awaitSomethingNew(sender);
    assertThat(isRunning()).isTrue();
    assertThat(sender.heard()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aServerThatHangsHoldsNobody() throws Exception {
    listen(null);
    awaitListening();
    Sender sender = new Sender("enrichment");
    sender.send(20);
    sender.awaitHeard("the first part");
    server.freeze();
    long slowest;
    try {
      slowest = sendFor(Duration.ofSeconds(4), sender);
    } finally {
      server.thaw();
    }
    assertThat(slowest).as("the longest wait, ms").isLessThan(1_500);
    awaitSomethingNew(sender);
    assertThat(isRunning()).isTrue();
    assertThat(sender.heard()).isSorted();
  }

  @Test
  void aSenderThatStartsWhileTheServerIsDownIsHeardLater() throws Exception {
    listen(null);
    awaitListening();
    server.kill();
    Sender sender = new Sender("enrichment");
    assertThat(sendFor(Duration.ofSeconds(3), sender)).isLessThan(1_500);
    server.start();
    awaitSomethingNew(sender);
  }

  static long sendFor(Duration time, Sender sender) {
    long slowest = 0;
    for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() - end < 0; ) {
      long start = System.nanoTime();
      sender.send();
      slowest = Math.max(slowest, System.nanoTime() - start);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return TimeUnit.NANOSECONDS.toMillis(slowest);
  }

  static void awaitSomethingNew(Sender sender) throws Exception {
    long last = sender.send();
    TestServer.await(
        "a report sent after the outage",
        PATIENCE,
        () -> {
          sender.send();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          return sender.heard().stream().anyMatch(sequence -> sequence >= last);
        });
  }
}
