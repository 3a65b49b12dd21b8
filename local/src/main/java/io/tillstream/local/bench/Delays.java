package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long something took, in milliseconds.
 *
 * @param count of how many
 */
record Delays(long count, long p50, long p99, long p999, long max) {
  private static final int DIGITS = 3;

  /** What takes single delays, from any thread, to be read by {@link #since}. */
  static Recorder recorder() {
    return new Recorder(DIGITS);
  }

  /** What was recorded since the last call. */
  static Delays since(Recorder recorder) {
    Histogram histogram = recorder.getIntervalHistogram();
    return new Delays(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }

  ObjectNode into(ObjectNode node) {
    node.put("p50_ms", p50);
    node.put("p99_ms", p99);
    node.put("p999_ms", p999);
    node.put("max_ms", max);
    node.put("measured", count);
    return node;
  }

  String words() {
    return String.format(
        Locale.ROOT, "p50 %,d ms, p99 %,d ms, p99.9 %,d ms, max %,d ms", p50, p99, p999, max);
  }
}
