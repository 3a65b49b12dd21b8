package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.agent.HealthIndicator;

/** How the watch is doing, for other threads to read. */
final class WatchVitals implements HealthIndicator {
  private volatile Seen seen = new Seen(0, 0, 0);

  private record Seen(long episodes, int keysInHeap, int openMatters) {}

  /** Takes down what there is now. */
  void show(KeyStore store) {
    seen = new Seen(store.openEpisodes(), store.inHeap(), store.openMatters());
  }

  @Override
  public void read(Readings out) {
    Seen now = seen;
    out.put("episodes_open", now.episodes());
    out.put("keys_in_heap", now.keysInHeap());
    out.put("keys_waiting", now.openMatters());
  }
}
