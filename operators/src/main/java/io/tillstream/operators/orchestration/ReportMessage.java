package io.tillstream.operators.orchestration;

import java.util.Arrays;

/**
 * A report as it came from the bus: this and a {@code ReportChannel} are the two ends of it. The
 * receiving end is a Flink source of these; it keeps its own position in the checkpoint, delivers
 * in the order of each sender, and waits while its server is away instead of failing the job.
 *
 * @param value the report's JSON, not to be changed; never null
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ReportMessage(byte[] value) {
  private static final byte[] NOTHING = {};

  /** A record without a value is one that is no report. */
  public static ReportMessage of(byte[] valueOrNull) {
    return new ReportMessage(valueOrNull == null ? NOTHING : valueOrNull);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReportMessage that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "ReportMessage[" + value.length + " bytes]";
  }
}
