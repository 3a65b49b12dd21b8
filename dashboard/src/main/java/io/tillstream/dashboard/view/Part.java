package io.tillstream.dashboard.view;

/**
 * What a message may hold besides the shop's rows and the alerts: each is told whole, when it
 * changed. The large and restless ones are made at most so often.
 */
enum Part {
  CATEGORIES("categories", 500),
  SEGMENTS("segments", 500),
  TRENDING("trending", 0),
  LOW_STOCK("low_stock", 250),
  AGENTS("agents", 250),
  ROUTES("routes", 0),
  LEDGER("ledger", 250),
  LAG("lag", 250),
  RATES("rates", 500),
  CHECKPOINTS("checkpoints", 0),
  JOB("job", 0),
  HEALTH("health", 1_000);

  private final String text;
  private final int millis;

  Part(String text, int millis) {
    this.text = text;
    this.millis = millis;
  }

  String text() {
    return text;
  }

  /** It is not made anew before that many milliseconds have passed. */
  int millis() {
    return millis;
  }
}
