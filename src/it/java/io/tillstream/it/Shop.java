package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.Catalog;
import io.tillstream.it.oracle.Oracle;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.it.oracle.RunningShop;
import io.tillstream.it.oracle.ShopExpectation;
import io.tillstream.it.oracle.TopicReader;
import io.tillstream.local.catalog.CatalogLoader;
import io.tillstream.local.data.traffic.CatalogLines;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.UpOptions;
import io.tillstream.local.status.Status;
import io.tillstream.local.status.StatusCollector;
import io.tillstream.local.topics.LineSplitter;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stack for one test class: comes up before it and goes after it, whatever happened, with its
 * processes and its data; only logs stay.
 */
final class Shop implements BeforeAllCallback, AfterAllCallback {
  /** Rows are out 250 ms after their events; so long without any change means all are out. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private record Stillness(JsonNode ledger, Map<Integer, Long> rows) {}

  private final UpOptions options;
  private RunDirectory run;
  private LocalStack stack;
  private StatusCollector collector;
  private Endpoints collectorsEndpoints;
  private Thread lastResort;
  private Catalog catalog = new Catalog();

  private Shop(UpOptions options) {
    this.options = options;
  }

  static Shop standard() {
    return with(usual -> usual);
  }

  static Shop with(UnaryOperator<UpOptions.Builder> wishes) {
    // Two cores have enough to do: who looks at the dashboard wishes for it.
    UpOptions.Builder usual = UpOptions.builder().portOffset(UpOptions.FREE_PORTS).dashboard(false);
    return new Shop(wishes.apply(usual).build());
  }

  /** The run directory of a test class. */
  static RunDirectory runOf(Class<?> test) {
    Path target = Home.find().root().resolve("src/it/target/run");
    return new RunDirectory(target.resolve(test.getSimpleName()));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    run = runOf(context.getRequiredTestClass());
    LocalStack.down(run);
    lastResort = new Thread(() -> LocalStack.down(run), "stop-" + run.path().getFileName());
    Runtime.getRuntime().addShutdownHook(lastResort);
    stack = LocalStack.up(Home.find(), run, options, line -> {});
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (run == null) {
      return; // the class was skipped before there was a stack
    }
    if (collector != null) {
      collector.close();
    }
    LocalStack.down(run);
    Runtime.getRuntime().removeShutdownHook(lastResort);
    Leftovers.requireNone(run.path());
    for (Path data : List.of(run.kafka(), run.redis(), run.s3(), run.flink())) {
      RunDirectory.delete(data);
    }
  }

  LocalStack stack() {
    return stack;
  }

  RunDirectory run() {
    return run;
  }

  Endpoints at() {
    return stack.endpoints();
  }

  /** What {@code status} says now. */
  Status status() {
    if (!at().equals(collectorsEndpoints)) {
      if (collector != null) {
        collector.close();
      }
      collector = new StatusCollector(at(), Clock.systemUTC());
      collectorsEndpoints = at();
    }
    return collector.collect();
  }

  /** Loads the catalog of the made shop into Redis, and for the oracle. */
  void loadCatalog(TrafficOptions traffic) throws IOException {
    Path file = run.path().resolve("catalog.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      CatalogLines.write(traffic, out);
    }
    loadCatalog(file);
  }

  /** Loads a file as {@code catalog load} does; the oracle holds Redis to have had it always. */
  void loadCatalog(Path file) throws IOException {
    try (LineSplitter lines = new LineSplitter(Files.newInputStream(file))) {
      new CatalogLoader(URI.create("redis://" + at().redis())).load(lines, count -> {});
    }
    catalog = Catalog.read(file);
  }

  /** All records of a topic as of now. */
  List<RawRecord> read(String topic) {
    try (TopicReader reader = new TopicReader(at().kafka())) {
      return reader.read(topic);
    }
  }

  /**
   * Waits until everything that lies in the input topic went through, and nothing moves any more.
   */
  Status awaitDrained(Duration atMost) {
    long[] since = {System.nanoTime()};
    Stillness[] last = new Stillness[1];
    return Await.value(
        "all records went through, and the ledger is balanced",
        atMost,
        () -> {
          Status status = status();
          Stillness now = new Stillness(status.json().path("ledger"), ends(Topics.SHOP_METRICS));
          if (!now.equals(last[0]) || !isThrough(status)) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          return status;
        },
        status -> System.nanoTime() - since[0] >= QUIET.toNanos());
  }

  private boolean isThrough(Status status) {
    return status.jobState().equals("RUNNING")
        && status.lag() == 0
        && status.balanced()
        && status.degradedOpen() == 0
        && status.in() == count(Topics.SHOP_EVENTS);
  }

  /** How many records lie in a topic nothing is ever deleted from. */
  long count(String topic) {
    return ends(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<Integer, Long> ends(String topic) {
    try (var reader = new io.tillstream.local.topics.TopicReader(at().kafka())) {
      return reader.ends(topic);
    }
  }

  /** Lets the oracle compare all that went in with all that came out. */
  OracleReport judge(OracleOptions as) {
    return Oracle.check(RunningShop.collect(at().kafka(), "", catalog, status().json(), as));
  }

  /** The whole shop's numbers by window, as they must be after all that went in. */
  SortedMap<Instant, ShopExpectation> expected(OracleOptions as) {
    return ShopExpectation.of(RunningShop.collect(at().kafka(), "", catalog, status().json(), as));
  }

  /** As {@link #judge}, and there must be no difference at all. */
  OracleReport judgeExact(OracleOptions as) {
    OracleReport report = judge(as);
    assertThat(report.clean()).as(report.toString()).isTrue();
    return report;
  }
}
