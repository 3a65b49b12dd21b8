package io.tillstream.jobs.formats;

import io.tillstream.jobs.formats.Samples.Sample;
import io.tillstream.operators.alerting.rules.RulesInForce;
import io.tillstream.operators.alerting.rules.RulesInForceCodec;
import io.tillstream.operators.alerting.watch.WatchMemory;
import io.tillstream.operators.alerting.watch.WatchMemoryCodec;
import io.tillstream.operators.alerting.webhooks.Delivery;
import io.tillstream.operators.alerting.webhooks.DeliveryCodec;
import io.tillstream.operators.alerting.webhooks.Disabled;
import io.tillstream.operators.alerting.webhooks.DisabledCodec;
import io.tillstream.operators.alerting.webhooks.Pending;
import io.tillstream.operators.alerting.webhooks.PendingCodec;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertCodec;
import io.tillstream.routing.alert.KeyMemory;
import io.tillstream.routing.alert.KeyMemoryCodec;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleBookCodec;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.alert.RuleReader;
import io.tillstream.routing.alert.Severity;
import io.tillstream.routing.alert.Status;
import io.tillstream.routing.alert.Watcher;
import io.tillstream.routing.alert.WindowFigures;
import io.tillstream.routing.alert.WindowNumbers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Samples of what the alert agent writes. */
final class AlertSamples {
  private static final long TIME = 1_764_000_000_123L;
  private static final byte[] BYTES = {0, 1, -1, 127, -128};

  private AlertSamples() {}

  static void add(List<Sample<?>> all) {
    RuleBook book = book();
    Samples.add(
        all,
        AlertCodec.class,
        List.of(
            new Alert(
                "8c6f-1",
                "low-stock",
                Status.RESOLVED,
                "product",
                "schuhe|ключ",
                "available",
                new BigDecimal("12.50"),
                new BigDecimal("10"),
                Severity.CRITICAL,
                TIME,
                TIME + 5,
                TIME + 5,
                "12.5, at or above 12",
                true,
                3,
                "https://example.com/a?b=c",
                7),
            new Alert(
                "a",
                "r",
                Status.RAISED,
                "shop",
                "all",
                "purchases",
                null,
                BigDecimal.ZERO,
                Severity.INFO,
                0,
                0,
                null,
                "",
                false,
                1,
                null,
                0)));
    Samples.add(all, RuleBookCodec.class, List.of(book, new RuleBook(0, List.of())));
    Samples.add(all, KeyMemoryCodec.class, List.of(memory(book), KeyMemory.EMPTY));
    Samples.add(
        all,
        WatchMemoryCodec.class,
        List.of(
            new WatchMemory(book, TIME / 1_000, Map.of(0, 0L, 300, 1L << 40)),
            new WatchMemory(new RuleBook(0, List.of()), 0, Map.of())));
    Samples.add(
        all,
        RulesInForceCodec.class,
        List.of(new RulesInForce("c-1", book, TIME), new RulesInForce(null, book, 0)));
    Delivery delivery = new Delivery("a.1", "https://example.com/", BYTES, "a", true);
    Samples.add(
        all, DeliveryCodec.class, List.of(delivery, new Delivery("", "", new byte[0], "", false)));
    Samples.add(all, PendingCodec.class, List.of(new Pending(delivery, 3, TIME, TIME - 500)));
    Samples.add(all, DisabledCodec.class, List.of(new Disabled("https://example.com/", TIME)));
  }

  // Not the built-in ones: those may change, and a format's bytes must not.
  private static RuleBook book() {
    String rules =
        """
        [{"rule_id":"low","description":"Größe","dimension":"product","key":"*",
          "metric":"available","comparison":"lt","threshold":10,"clear_threshold":12.5,
          "hold":"PT5S","cooldown":"PT5M","severity":"critical","webhook":"https://example.com/a"},
         {"rule_id":"few","dimension":"product","key":"SKU1","metric":"views","comparison":"lt",
          "threshold":0.5,"usual":{"windows":2},"at_least":{"metric":"units","value":1},
          "shadow":true}]
        """;
    try {
      return new RuleBook(7, RuleReader.read(rules.getBytes(StandardCharsets.UTF_8)));
    } catch (RuleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A memory with two windows behind it, two aggregators' parts, and an open episode. */
  private static KeyMemory memory(RuleBook book) {
    Watcher watcher = new Watcher(book, TIME);
    KeyMemory memory = KeyMemory.EMPTY;
    for (int window = 0; window < 3; window++) {
      for (String aggregator : List.of("primary", "backup")) {
        memory = watcher.see(memory, row(window, aggregator), TIME + window).memory();
      }
    }
    return watcher.tick(memory, TIME + 60_000).memory();
  }

  private static WindowFigures row(int window, String aggregator) {
    long start = TIME + window * 60_000L;
    return new WindowFigures(
        "product",
        "SKU1",
        start,
        start + 60_000,
        aggregator,
        window + 1L,
        false,
        start,
        new Numbers(window));
  }

  private record Numbers(int window) implements WindowNumbers {
    @Override
    public BigDecimal number(String name) {
      return BigDecimal.valueOf(window + 3L);
    }

    @Override
    public long availableAt() {
      return TIME + window;
    }
  }
}
