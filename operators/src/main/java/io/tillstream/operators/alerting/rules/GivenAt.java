package io.tillstream.operators.alerting.rules;

import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;

/** When a command was given. */
final class GivenAt {
  /** The time of one that does not say. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private GivenAt() {}

  /** The command's {@code at} in epoch milliseconds; {@link #UNKNOWN} if there is none. */
  static long of(byte[] command) {
    try {
      JsonRecord json = JsonRecord.read(command);
      return json.has("at") ? json.time("at") : UNKNOWN;
    } catch (JsonRecordException e) {
      return UNKNOWN;
    }
  }
}
