package io.tillstream.jobs;

import io.tillstream.operators.alerting.watch.ToldAlerts;
import io.tillstream.routing.alert.Alert;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The own alerts read back from where the test {@linkplain Collected collects} them. */
final class CollectedAlerts implements ToldAlerts {
  /** Under which the alerts are collected. */
  static final String NAME = "shop-alerts";

  static final ToldAlerts.Factory FACTORY = CollectedAlerts::new;

  @Override
  public Map<Integer, Long> endOffsets() {
    return Map.of(0, (long) Collected.size(NAME));
  }

  @Override
  public Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<Alert> each) {
    int first = from.getOrDefault(0, 0L).intValue();
    List<Alert> alerts = Collected.of(NAME, first);
    alerts.forEach(alert -> each.accept(alert.withWebhook(null))); // its JSON has none
    return Map.of(0, (long) first + alerts.size());
  }

  @Override
  public void close() {}
}
