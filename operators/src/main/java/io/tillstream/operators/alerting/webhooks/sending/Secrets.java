package io.tillstream.operators.alerting.webhooks.sending;

import java.util.List;

/** Which secrets sign what goes to a destination. */
@FunctionalInterface
public interface Secrets {

  /**
   * The secrets, one or two.
   *
   * @throws RefusedException if there is none: nothing is sent unsigned
   */
  List<Secret> of(Destination destination) throws RefusedException;
}
