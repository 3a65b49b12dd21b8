package io.tillstream.operators.alerting;

import io.tillstream.operators.alerting.webhooks.WebhookOptions;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.alert.RuleReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What can be set of the alert agent.
 *
 * @param rules rules as JSON, laid over the built-in ones where no state is; empty for none. As
 *     text they need no format of their own
 * @param horizon how long after its window's end and the allowed lateness a row is still looked at,
 *     in event time, 0 and more
 * @param heapKeys how many keys' memories a subtask keeps in the heap, 1 and more
 * @param zombieHorizon this long after a restore what was told is read once more, for what a lost
 *     process still told, 10 ms and more
 * @param webhooks how webhooks are sent
 */
public record AlertOptions(
    String rules, Duration horizon, int heapKeys, Duration zombieHorizon, WebhookOptions webhooks)
    implements Serializable {
  private static final int HEAP_KEYS = 200_000;
  private static final Duration SHORTEST_HORIZON = Duration.ofMillis(10);

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the field and the bound
   */
  public AlertOptions {
    if (rules == null) {
      throw new IllegalArgumentException("rules must be JSON or empty, not null");
    }
    if (horizon.isNegative()) {
      throw new IllegalArgumentException("horizon must be 0 or more, not " + horizon);
    }
    if (heapKeys < 1) {
      throw new IllegalArgumentException("heapKeys must be 1 or more, not " + heapKeys);
    }
    if (zombieHorizon.compareTo(SHORTEST_HORIZON) < 0) {
      throw new IllegalArgumentException(
          "zombieHorizon must be 10 ms or more, not " + zombieHorizon);
    }
  }

  /** The usual bounds. */
  public static AlertOptions of(String rules, Duration horizon, WebhookOptions webhooks) {
    return new AlertOptions(rules, horizon, HEAP_KEYS, Duration.ofMinutes(1), webhooks);
  }

  /**
   * The book that is in force where no state is.
   *
   * @throws RuleException naming the rule and the field, if one of {@link #rules} is wrong
   */
  public RuleBook firstBook() throws RuleException {
    return rules.isEmpty()
        ? RuleBook.BUILT_IN
        : RuleBook.BUILT_IN.apply(RuleReader.read(rules.getBytes(StandardCharsets.UTF_8)));
  }
}
