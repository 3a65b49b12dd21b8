package io.tillstream.local.bench;

import io.tillstream.local.bench.DrainWatch.Counter;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.DemoTraffic;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Capacity over limit: the pipeline drains a topic filled beforehand, beside a job that reads and
 * parses the same topic and throws it away. On one cluster in turn, each once to warm up and once
 * to count, and the pipeline's sums are compared with those of the input.
 */
public final class CapacityBench {
  public static final String LIMIT = "io.tillstream.jobs.LimitJob";

  /** Event time runs as fast as a busy shop's would. */
  private static final int EVENTS_A_SECOND = 4_000;

  private static final long SEED = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String BENCH = "bench";

  private static final Counter READ = new Counter("ingestion", "read", "in");
  private static final List<Counter> ACCOUNTED =
      List.of(
          new Counter("aggregation", "sums", "aggregated"),
          new Counter("ingestion", "deduplicate", "duplicate"),
          new Counter("ingestion", "deduplicate", "late"),
          new Counter("ingestion", "read", "dead_lettered"));

  private final LocalStack stack;
  private final Consumer<String> progress;
  private final RouteControl routes;
  private final Expected expected = new Expected(Expected.ENOUGH);
  private final Exactness exactness;

  /**
   * @param stack one of its own, without a job
   */
  public CapacityBench(LocalStack stack, Consumer<String> progress) {
    this.stack = stack;
    this.progress = progress;
    this.routes = new RouteControl(stack.endpoints().kafka(), Clock.systemUTC());
    this.exactness = new Exactness(stack.endpoints().kafka(), expected);
  }

  public Drained run(long events) {
    TrafficOptions options = TrafficOptions.of(SEED, EVENTS_A_SECOND);
    new DemoTraffic(stack.endpoints(), options).loadCatalog();
    fill(options, events);
    measure("limit, warming up", LIMIT, List.of(READ), events);
    measure("pipeline, warming up", LocalStack.PIPELINE, ACCOUNTED, events);
    double limit = measure("limit", LIMIT, List.of(READ), events);
    double pipeline = measure("pipeline", LocalStack.PIPELINE, ACCOUNTED, events);
    boolean exact = exactness.check(progress);
    return new Drained("capacity", "limit", events, events / pipeline, events / limit, exact);
  }

  /**
   * The same with the enrichment's route pinned to its fallback before the draining, beside the
   * enriched drain. Both run once to warm up and once to count. The result is checked after the
   * route went back and what was degraded was repaired.
   */
  public Drained runBypassed(long events) {
    TrafficOptions options = TrafficOptions.of(SEED, EVENTS_A_SECOND);
    new DemoTraffic(stack.endpoints(), options).loadCatalog();
    fill(options, events);
    measure("enriched, warming up", LocalStack.PIPELINE, ACCOUNTED, events);
    bypassed("bypassed, warming up", events);
    double enriched = measure("enriched", LocalStack.PIPELINE, ACCOUNTED, events);
    double bypassed = bypassed("bypassed", events);
    boolean exact = exactness.check(progress);
    return new Drained("bypass", "enriched", events, events / bypassed, events / enriched, exact);
  }

  /** Leaves the route on its primary, and nothing degraded. */
  private double bypassed(String what, long events) {
    // A job reads all commands there ever were: the pin is there before its first record.
    routes.order("enrichment", "fallback", BENCH);
    try (DrainWatch watch = new DrainWatch(stack.endpoints().kafka(), ACCOUNTED)) {
      String id = stack.submit(LocalStack.PIPELINE, stack.pipelineArguments());
      double seconds = watch.await(events, stack.rest(), id, PATIENCE);
      // Pinned too: the next job finds both commands, and must not have to find its way back.
      routes.switchTo("enrichment", "primary", BENCH);
      exactness.awaitSettled();
      end(id);
      progress.accept(String.format("%s: %.1f s, %,.0f events/s", what, seconds, events / seconds));
      return seconds;
    }
  }

  private void fill(TrafficOptions options, long events) {
    progress.accept(String.format("filling the topic with %,d events", events));
    TrafficGenerator traffic = new TrafficGenerator(options);
    long begin = System.currentTimeMillis() - events * 1000 / EVENTS_A_SECOND;
    try (EventSender sender = new EventSender(stack.endpoints().kafka(), Topics.SHOP_EVENTS)) {
      for (long number = 0; number < events; number++) {
        byte[] record = traffic.next(begin + number * 1000 / EVENTS_A_SECOND);
        expected.add(record);
        sender.send(record);
      }
      sender.flush();
    } catch (IOException e) {
      throw new StackException("made traffic is no JSON: " + e.getMessage(), e);
    }
  }

  private double measure(String what, String mainClass, List<Counter> counters, long events) {
    try (DrainWatch watch = new DrainWatch(stack.endpoints().kafka(), counters)) {
      String id = stack.submit(mainClass, stack.pipelineArguments());
      double seconds = watch.await(events, stack.rest(), id, PATIENCE);
      if (mainClass.equals(LocalStack.PIPELINE)) {
        exactness.awaitSettled();
      }
      end(id);
      progress.accept(String.format("%s: %.1f s, %,.0f events/s", what, seconds, events / seconds));
      return seconds;
    }
  }

  private void end(String id) {
    try {
      stack.rest().cancel(id);
    } catch (IOException e) {
      throw new StackException("cannot cancel job " + id + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
    Wait.until(
        Duration.ofSeconds(60),
        "job " + id + " is cancelled",
        () -> stack.rest().job(id).path("state").asText().equals("CANCELED"));
  }
}
