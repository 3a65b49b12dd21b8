package io.tillstream.operators.alerting.webhooks;

/** The two clocks of the dispatcher. */
interface DispatchClock {

  /** Milliseconds on a clock that only goes forward. */
  long millis();

  /** Epoch milliseconds, for people. */
  long epochMillis();
}
