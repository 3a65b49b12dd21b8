package io.tillstream.local.webhook;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts messages by their ids: a sender may send one more than once, and says so by the id. */
final class Tally {
  private static final int MOST_IDS = 1_000_000;

  private final Map<String, Integer> times = new HashMap<>();
  private long messages;
  private long repeats;
  private long bad;

  /**
   * One more.
   *
   * @return how often this one has come by now
   */
  synchronized int count(String webhookId, boolean good) {
    messages++;
    if (!good) {
      bad++;
      return 1; // whoever forges does not get to count
    }
    if (times.size() >= MOST_IDS) {
      times.clear();
    }
    int now = times.merge(webhookId, 1, Integer::sum);
    repeats += now > 1 ? 1 : 0;
    return now;
  }

  synchronized String summary() {
    return String.format(
        Locale.ROOT,
        "%,d messages: %,d different ones, %,d repeats, %,d with a bad signature",
        messages,
        messages - repeats - bad,
        repeats,
        bad);
  }
}
