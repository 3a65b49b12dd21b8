package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedCodec;
import io.tillstream.operators.wire.CodecSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * What is owed, by product: keyed state, and in front of it what came since it was last written. A
 * product under fire is written once a barrier, not once a line.
 */
final class Debts {

  /** Sets Flink's current key. */
  interface KeyContext {
    void set(String itemId);
  }

  private static final class Fresh {
    final Figures figures = new Figures();
    long since;
  }

  private final MapState<Owed.Key, Debt> state;
  private final KeyContext context;
  private final Map<String, Map<Owed.Key, Fresh>> fresh = new HashMap<>();
  private int freshEntries;

  Debts(MapState<Owed.Key, Debt> state, KeyContext context) {
    this.state = state;
    this.context = context;
  }

  static MapStateDescriptor<Owed.Key, Debt> descriptor() {
    return new MapStateDescriptor<>(
        "debts",
        new CodecSerializer<>(OwedCodec.KeyCodec.class),
        new CodecSerializer<>(DebtCodec.class));
  }

  void add(Owed owed, long now) {
    Fresh entry =
        fresh
            .computeIfAbsent(owed.itemId(), item -> new HashMap<>(4))
            .computeIfAbsent(
                owed.key(),
                key -> {
                  freshEntries++;
                  return new Fresh();
                });
    entry.figures.add(owed.figures(), 1);
    entry.since = now;
  }

  /** How many entries are not written yet. */
  int fresh() {
    return freshEntries;
  }

  /** Writes all that is not written yet. */
  void write() throws Exception {
    for (Map.Entry<String, Map<Owed.Key, Fresh>> item : fresh.entrySet()) {
      write(item.getKey(), item.getValue());
    }
    fresh.clear();
    freshEntries = 0;
  }

  /** One product's debt, complete; the product is the current key from here on. */
  MapState<Owed.Key, Debt> of(String itemId) throws Exception {
    Map<Owed.Key, Fresh> entries = fresh.remove(itemId);
    if (entries != null) {
      freshEntries -= entries.size();
      write(itemId, entries);
    } else {
      context.set(itemId);
    }
    return state;
  }

  private void write(String itemId, Map<Owed.Key, Fresh> entries) throws Exception {
    context.set(itemId);
    for (Map.Entry<Owed.Key, Fresh> entry : entries.entrySet()) {
      Debt more = new Debt(entry.getValue().figures, entry.getValue().since);
      state.put(entry.getKey(), Debt.join(state.get(entry.getKey()), more));
    }
  }
}
