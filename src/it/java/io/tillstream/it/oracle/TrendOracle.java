package io.tillstream.it.oracle;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which products were looked at and bought in a stretch of event time, counted offline. */
public final class TrendOracle {
  /** What one product has. */
  public record Count(long views, long units) {
    private static final Count NONE = new Count(0, 0);

    Count plus(long moreViews, long moreUnits) {
      return new Count(views + moreViews, units + moreUnits);
    }
  }

  private final Map<Long, Map<String, Count>> seconds = new HashMap<>();

  private TrendOracle() {}

  /** Counts every event that is neither refused nor a duplicate. */
  public static TrendOracle of(List<RawRecord> events, OracleOptions options) {
    TrendOracle all = new TrendOracle();
    Intake.of(events, options).kept().forEach(seen -> all.add(seen.event()));
    return all;
  }

  /** The counts by product in whole seconds up to the end, which is not part of it. */
  public Map<String, Count> counts(Instant end, int span) {
    Map<String, Count> sum = new HashMap<>();
    for (long second = end.getEpochSecond() - span; second < end.getEpochSecond(); second++) {
      seconds
          .getOrDefault(second, Map.of())
          .forEach(
              (item, count) ->
                  sum.merge(item, count, (one, more) -> one.plus(more.views, more.units)));
    }
    return sum;
  }

  private void add(InputEvent event) {
    boolean view = event.is("view_item");
    if (!view && !event.is("purchase")) {
      return;
    }
    Map<String, Count> second =
        seconds.computeIfAbsent(Math.floorDiv(event.time(), 1000L), any -> new HashMap<>());
    for (InputEvent.Item item : event.items()) {
      Count before = second.getOrDefault(item.id(), Count.NONE);
      second.put(item.id(), before.plus(view ? 1 : 0, view ? 0 : item.quantity()));
    }
  }
}
