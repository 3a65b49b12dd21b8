package io.tillstream.local.bench;

import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.DemoTraffic;
import io.tillstream.local.process.ProcessMemory;
import io.tillstream.local.process.StackException;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.Part;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Recorder;

/**
 * From a record's Kafka timestamp to the moment a client of the dashboard has the update that shows
 * it. Each update of a row of the shop counts once for each client, with the age of the oldest
 * record it shows for the first time: every other record in it was quicker. The sender is an open
 * loop. First without a fault, then as long again with Redis killed in the middle, and back.
 */
public final class LatencyBench {
  private static final long SEED = 11;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final long CAUGHT_UP_MILLIS = 1_500;
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(15);

  private final LocalStack stack;
  private final Consumer<String> progress;
  private final Recorder delays = Delays.recorder();

  /**
   * @param stack one of its own, with its job and the dashboard
   */
  public LatencyBench(LocalStack stack, Consumer<String> progress) {
    this.stack = stack;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param rate events a second
   * @param seconds of each of the two stretches
   * @param clients how many are connected and measured
   */
  public Latency run(int rate, int seconds, int clients) {
    String kafka = stack.endpoints().kafka();
    TrafficOptions options = TrafficOptions.of(SEED, rate);
    new DemoTraffic(stack.endpoints(), options).loadCatalog();
    Delays quiet;
    Delays killed;
    Pacing pacing;
    ProcessMemory memory;
    try (SteadyTraffic traffic = new SteadyTraffic(kafka, options);
        DashboardClients dashboards =
            new DashboardClients(stack.endpoints().dashboard(), clients, delays::recordValue)) {
      warmUp(rate);
      traffic.pacing();
      Delays.since(delays);
      progress.accept("measuring for " + seconds + " s");
      pause(Duration.ofSeconds(seconds));
      quiet = Delays.since(delays);
      pacing = traffic.pacing();
      progress.accept("without a fault: " + quiet.words() + ", over " + quiet.count());
      killRedisInTheMiddle(Duration.ofSeconds(seconds));
      killed = Delays.since(delays);
      pacing = worse(pacing, traffic.pacing());
      progress.accept("with Redis killed: " + killed.words() + ", over " + killed.count());
      dashboards.requireConnected();
      memory = stack.memory(Part.DASHBOARD);
      progress.accept(
          String.format(
              "sent %,d events; the clients received %,d messages",
              traffic.end(), dashboards.messages()));
    }
    if (quiet.count() == 0) {
      throw new StackException("no client of the dashboard saw an update of the shop's row");
    }
    progress.accept(
        String.format(
            "In words: half of the shop's row updates reached a client within %,d ms of the Kafka"
                + " timestamp of the oldest record they show for the first time, one of a hundred took"
                + " longer than %,d ms; through a Redis that died and returned, %,d ms and %,d ms.",
            quiet.p50(), quiet.p99(), killed.p50(), killed.p99()));
    progress.accept("comparing the published sums with those of the input");
    Exactness exactness = new Exactness(kafka, Exactness.ofTopic(kafka));
    exactness.awaitSettled();
    return new Latency(
        rate, seconds, clients, quiet, killed, pacing, memory, exactness.check(progress));
  }

  /**
   * Compilers need their time, and what piled up meanwhile must be worked off before anything is
   * measured. A machine that never gets there is measured all the same.
   */
  private void warmUp(int rate) {
    progress.accept("warming up for " + WARM_UP.toSeconds() + " s at " + rate + " events/s");
    pause(WARM_UP);
    long patience = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
    Delays.since(delays);
    pause(LOOK);
    Delays last = Delays.since(delays);
    while (last.count() == 0 || last.p99() > CAUGHT_UP_MILLIS) {
      if (System.nanoTime() > patience) {
        progress.accept("this machine does not catch up at that rate: p99 " + last.p99() + " ms");
        return;
      }
      pause(LOOK);
      last = Delays.since(delays);
    }
  }

  private void killRedisInTheMiddle(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    pause(length.dividedBy(2));
    stack.kill(Part.REDIS);
    progress.accept("killed Redis");
    Duration outage = length.dividedBy(4);
    pause(outage.compareTo(LONGEST_OUTAGE) < 0 ? outage : LONGEST_OUTAGE);
    stack.start(Part.REDIS);
    progress.accept("Redis is back");
    pause(Duration.ofNanos(end - System.nanoTime()));
  }

  private static Pacing worse(Pacing one, Pacing other) {
    return new Pacing(
        Math.min(one.perSecond(), other.perSecond()),
        Math.max(one.behindMillis(), other.behindMillis()));
  }

  static void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
      if (Thread.currentThread().isInterrupted()) {
        throw new StackException("interrupted");
      }
    }
  }
}
