package io.tillstream.operators.alerting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillstream.operators.alerting.webhooks.sending.Backoff;
import io.tillstream.operators.alerting.webhooks.sending.Receiver;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.Header;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.ErrorClass;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebhookOperatorTest {
  private static final int QUEUE = 30;
  private static final List<AgentReport> REPORTS = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private WebhookOptions options;

  @BeforeEach
  void options() throws IOException {
    REPORTS.clear();
    Path secrets =
        Files.writeString(folder.resolve("secrets"), "*=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    options = options(secrets.toString(), Duration.ofMillis(500));
  }

  private static WebhookOptions options(String secrets, Duration timeout) {
    return new WebhookOptions(
        true,
        secrets,
        timeout,
        "shop-alerts",
        new Backoff(3, Duration.ofMillis(200), 2, 0.2),
        QUEUE,
        8,
        50,
        Duration.ofSeconds(2));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (webhookThreads() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(webhookThreads()).as("threads left behind").isZero();
  }

  private static long webhookThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("webhook-"))
        .count();
  }

  private Receiver receiver(Receiver.Behaviour behaviour) throws IOException {
    Receiver receiver = new Receiver(behaviour);
    open.add(receiver);
    return receiver;
  }

  private static final class Heard implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      REPORTS.add(report);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private WebhookHarness start(OperatorSubtaskState state) throws Exception {
    WebhookHarness harness = new WebhookHarness(new WebhookOperator(options, Heard::new));
    open.add(0, harness);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static Delivery delivery(String id, String url) {
    byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    return new Delivery(id, url, body, id.split("\\.", -1)[0], false);
  }

  private static void send(WebhookHarness harness, String id, String url) throws Exception {
    harness.processElement(delivery(id, url), 0);
  }

  private static List<String> ids(Receiver receiver) {
    return receiver.got().stream().map(Receiver.Got::id).toList();
  }

  private static List<ErrorClass> errors(WebhookHarness harness) {
    return harness.extractOutputValues().stream().map(DeadLetter::errorClass).toList();
  }

  @Test
  void deliversAndReports() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    WebhookHarness harness = start(null);
    send(harness, "x.1", receiver.url("/"));
    harness.runUntil("delivered", () -> receiver.got().size() == 1);
    assertThat(receiver.got().get(0).text()).isEqualTo("{\"id\":\"x.1\"}");
    harness.runUntil(
        "reported",
        () ->
            REPORTS.stream()
                .anyMatch(
                    r ->
                        r.counts().get("webhooks_delivered") == 1
                            && r.indicators().get("webhook_queue") == 0));
    AgentReport report = REPORTS.get(REPORTS.size() - 1);
    assertThat(report.agent()).isEqualTo("alert");
    assertThat(report.part()).isEqualTo("webhooks");
    assertThat(report.indicators())
        .containsKeys("webhook_queue", "webhook_in_flight", "webhook_retries", "webhooks_disabled");
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void noReceiverDelaysAnother() throws Exception {
    Receiver hanging = receiver(Receiver.hang());
    Receiver failing = receiver(Receiver.status(500));
    Receiver gone = receiver(Receiver.status(410));
    Receiver moved = receiver(Receiver.status(302, "Location: " + hanging.url("/else")));
    Receiver dripping = receiver(Receiver.drip("HTTP/1.1 200 OK\r\nX: "));
    int dead;
    try (ServerSocket socket = new ServerSocket(0)) {
      dead = socket.getLocalPort();
    }
    Receiver good = receiver(Receiver.status(200));
    options = options(options.secretsFile(), Duration.ofSeconds(2));
    WebhookHarness harness = start(null);
    send(harness, "warm.1", good.url("/"));
    harness.runUntil("the client is warm", () -> good.got().size() == 1);

    for (int i = 0; i < 10; i++) {
      send(harness, "h" + i + ".1", hanging.url("/secret"));
      send(harness, "d" + i + ".1", dripping.url("/"));
      send(harness, "p" + i + ".1", "http://127.0.0.1:" + dead + "/");
    }
    send(harness, "f.1", failing.url("/"));
    send(harness, "g.1", gone.url("/"));
    send(harness, "m.1", moved.url("/"));
    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      send(harness, "ok" + i + ".1", good.url("/"));
    }
    harness.runUntil("the good one has all", () -> good.got().size() == 21);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("before the first of the others timed out")
        .isLessThan(Duration.ofMillis(1_900));

    harness.runUntil("the rest is given up", () -> harness.extractOutputValues().size() == 33);
    assertThat(hanging.got()).as("nobody was redirected").noneMatch(g -> g.path().equals("/else"));
    assertThat(errors(harness))
        .filteredOn(error -> error == ErrorClass.WEBHOOK_EXHAUSTED)
        .hasSize(31);
    assertThat(errors(harness)).contains(ErrorClass.WEBHOOK_DISABLED, ErrorClass.WEBHOOK_REFUSED);
    assertThat(ids(failing)).containsExactly("f.1", "f.1", "f.1");
    assertThat(REPORTS).allMatch(report -> report.state() == AgentState.RUNNING);
    harness.runUntil(
        "the note",
        () -> REPORTS.stream().anyMatch(r -> r.note() != null && r.note().contains("410")));
    assertThat(REPORTS).noneMatch(r -> r.note() != null && r.note().contains("secret"));
  }

  @Test
  void aLetterSaysAllThatARedeliveryNeeds() throws Exception {
    Receiver gone = receiver(Receiver.status(410));
    WebhookHarness harness = start(null);
    send(harness, "x.1", gone.url("/hook"));
    harness.runUntil("given up", () -> !harness.extractOutputValues().isEmpty());
    DeadLetter letter = harness.extractOutputValues().get(0);
    assertThat(letter.stage()).isEqualTo("alert");
    assertThat(letter.topic()).isEqualTo("shop-alerts");
    assertThat(letter.partition()).isZero();
    assertThat(letter.offset()).isBetween(0L, 1L << 53);
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"x.1\"}");
    assertThat(letter.headers())
        .extracting(Header::name, h -> new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly(tuple("webhook_id", "x.1"), tuple("destination", gone.url("/hook")));
  }

  @Test
  void aSnapshotDoesNotWaitForARequestAndARestoreSendsItAgain() throws Exception {
    options = options(options.secretsFile(), Duration.ofSeconds(30));
    Receiver receiver = receiver(Receiver.hang());
    WebhookHarness harness = start(null);
    send(harness, "x.1", receiver.url("/"));
    send(harness, "x.2", receiver.url("/"));
    harness.runUntil("in flight", () -> receiver.got().size() == 1);
    long begin = System.nanoTime();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    begin = System.nanoTime();
    harness.close(); // as a stop without drain does: no end of input
    open.remove(harness);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("closed while a request hangs")
        .isLessThan(Duration.ofSeconds(5));

    receiver.becomes(Receiver.status(200));
    WebhookHarness restored = start(state);
    restored.runUntil("sent again", () -> receiver.got().size() == 3);
    assertThat(ids(receiver)).containsExactly("x.1", "x.1", "x.2");
    assertThat(receiver.got().get(1).body()).isEqualTo(receiver.got().get(0).body());
    restored.runUntil(
        "counted", () -> REPORTS.stream().anyMatch(r -> r.counts().get("webhooks_delivered") == 2));
    assertThat(restored.extractOutputValues()).isEmpty();
    OperatorSubtaskState empty = restored.snapshot(2, 2);
    WebhookHarness third = start(empty);
    send(third, "y.1", receiver.url("/"));
    third.runUntil("nothing old comes again", () -> ids(receiver).contains("y.1"));
    assertThat(ids(receiver)).containsExactly("x.1", "x.1", "x.2", "y.1");
  }

  @Test
  void aDisabledDestinationStaysSoOverARestoreUntilAPersonTriesIt() throws Exception {
    Receiver receiver = receiver(Receiver.status(410));
    WebhookHarness harness = start(null);
    send(harness, "x.1", receiver.url("/"));
    harness.runUntil("given up", () -> !harness.extractOutputValues().isEmpty());
    OperatorSubtaskState state = harness.snapshot(1, 1);
    receiver.becomes(Receiver.status(200));
    WebhookHarness restored = start(state);
    send(restored, "y.1", receiver.url("/"));
    assertThat(errors(restored)).containsExactly(ErrorClass.WEBHOOK_DISABLED);
    Delivery lost = delivery("x.1", receiver.url("/"));
    restored.processElement(
        new Delivery(lost.webhookId(), lost.destination(), lost.body(), lost.alertId(), true), 0);
    send(restored, "z.1", receiver.url("/"));
    restored.runUntil("both arrive", () -> receiver.got().size() == 3);
    assertThat(ids(receiver)).startsWith("x.1").contains("z.1");
  }

  @Test
  void anOverflowIsALetterAtOnce() throws Exception {
    Receiver receiver = receiver(Receiver.hang());
    WebhookHarness harness = start(null);
    for (int i = 0; i < QUEUE + 5; i++) {
      send(harness, "x" + i + ".1", receiver.url("/"));
    }
    assertThat(errors(harness)).hasSize(5).containsOnly(ErrorClass.WEBHOOK_QUEUE_FULL);
  }

  @Test
  void atTheEndFirstTriesAreWaitedForAndTheRestIsKept() throws Exception {
    Receiver good = receiver(Receiver.status(200));
    Receiver failing = receiver(Receiver.status(503, "Retry-After: 2"));
    WebhookHarness harness = start(null);
    for (int i = 0; i < 12; i++) {
      send(harness, "x" + i + ".1", good.url("/"));
    }
    send(harness, "f.1", failing.url("/"));
    harness.endInput();
    assertThat(good.got()).hasSize(12);
    assertThat(ids(failing)).containsExactly("f.1");
    harness.getOneInputOperator().finish();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    assertThat(harness.extractOutputValues()).isEmpty();
    failing.becomes(Receiver.status(200));
    WebhookHarness restored = start(state);
    restored.runUntil("the rest arrives", () -> failing.got().size() == 2);
    assertThat(ids(failing)).containsExactly("f.1", "f.1");
  }
}
