package io.tillstream.operators.ingestion;

import java.io.Serializable;

/**
 * When an event is late: once the watermark has passed the end of its window and the allowed
 * lateness, {@code window_end - 1 ms + lateness <= watermark}.
 *
 * @param windowMs the length of the tumbling windows
 * @param latenessMs the allowed lateness
 */
record LateRule(long windowMs, long latenessMs) implements Serializable {

  boolean isLate(long eventTime, long watermark) {
    long untilEnd = windowMs - Math.floorMod(eventTime, windowMs);
    return Saturating.add(eventTime, untilEnd - 1 + latenessMs) <= watermark;
  }
}
