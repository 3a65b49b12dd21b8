package io.tillstream.routing.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long things took lately: the median and the 99th percentile over about the last second, as
 * {@code latency_p50_ms} and {@code latency_p99_ms}, both absent when nothing happened. Exact to 1
 * %, from a microsecond up to 30 days; what lies outside is taken for the bound.
 *
 * <p>One thread records, without a lock; another reads. A record costs some ten nanoseconds, so
 * what happens for every event is sampled by whoever records.
 */
public final class Latencies implements HealthIndicator {
  private static final long LONGEST_MICROS = TimeUnit.DAYS.toMicros(30);
  private static final long SHORTEST_SPAN = TimeUnit.MILLISECONDS.toNanos(900);
  private static final double MICROS_PER_MILLI = 1_000;
  private static final int DIGITS = 2;

  private final LongSupplier nanos;
  private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, LONGEST_MICROS, DIGITS);

  private Histogram span;
  private long spanBegan;

  /**
   * Nothing recorded yet.
   *
   * @param nanos a clock as {@link System#nanoTime}
   */
  public Latencies(LongSupplier nanos) {
    this.nanos = nanos;
    this.spanBegan = nanos.getAsLong();
  }

  /** One thing took so many nanoseconds. One thread only. */
  public void recordNanos(long took) {
    recordMicros(took / 1_000);
  }

  /** One thing took so many milliseconds. One thread only. */
  public void recordMillis(long took) {
    recordMicros(Math.min(took, LONGEST_MICROS / 1_000) * 1_000);
  }

  private void recordMicros(long took) {
    recorder.recordValue(Math.max(1, Math.min(took, LONGEST_MICROS)));
  }

  /** A report between two of the regular ones says again what the last of those said. */
  @Override
  public synchronized void read(Readings readings) {
    long now = nanos.getAsLong();
    if (span == null || now - spanBegan >= SHORTEST_SPAN) {
      span = recorder.getIntervalHistogram(span);
      spanBegan = now;
    }
    if (span.getTotalCount() > 0) {
      readings.put("latency_p50_ms", quantile(50));
      readings.put("latency_p99_ms", quantile(99));
    }
  }

  private double quantile(double percent) {
    return span.getValueAtPercentile(percent) / MICROS_PER_MILLI;
  }
}
