package io.tillstream.operators.alerting.webhooks;

/**
 * How the dispatcher stands.
 *
 * @param queued how many wait or are in flight
 * @param inFlight how many are in flight
 * @param retrying how many wait for another attempt
 * @param disabled how many destinations want no more
 * @param note who makes trouble, by host, or null if nobody does
 */
record Standing(int queued, int inFlight, int retrying, int disabled, String note) {
  static final Standing CALM = new Standing(0, 0, 0, 0, null);
}
