package io.tillstream.routing.alert;

import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * One aggregator's row of one window, as alerts see it.
 *
 * @param windowStart in epoch milliseconds
 * @param windowEnd exclusive
 * @param version higher than that of every earlier row of this key, window and aggregator
 * @param emittedAt when it was published, in epoch milliseconds; nothing is judged by it
 */
public record WindowFigures(
    String dimension,
    String key,
    long windowStart,
    long windowEnd,
    String aggregator,
    long version,
    boolean isFinal,
    long emittedAt,
    WindowNumbers numbers) {

  /**
   * Reads a record of {@code shop-metrics}.
   *
   * @throws JsonRecordException naming the field, if it is none
   */
  public static WindowFigures ofJson(byte[] value) throws JsonRecordException {
    JsonRecord json = JsonRecord.read(value);
    Map<String, BigDecimal> numbers = new HashMap<>();
    for (String name : Metric.COUNTS) {
      if (json.has(name)) {
        numbers.put(name, BigDecimal.valueOf(json.integer(name)));
      }
    }
    money("revenue", json, numbers);
    money("refunds", json, numbers);
    long availableAt = json.has("available_at") ? json.time("available_at") : Long.MIN_VALUE;
    return new WindowFigures(
        json.text("dimension"),
        json.text("key"),
        json.time("window_start"),
        json.time("window_end"),
        json.text("aggregator"),
        json.integer("version"),
        json.flag("final"),
        json.time("emitted_at"),
        numbers(numbers, availableAt));
  }

  private static void money(String field, JsonRecord json, Map<String, BigDecimal> numbers)
      throws JsonRecordException {
    for (Map.Entry<String, String> amount : json.textsByName(field).entrySet()) {
      String name = field + '.' + amount.getKey();
      try {
        numbers.put(name, new BigDecimal(amount.getValue()));
      } catch (NumberFormatException e) {
        throw JsonRecordException.outOfRange(name, "must be a decimal", amount.getValue());
      }
    }
  }

  /**
   * Numbers that are known beforehand.
   *
   * @param numbers by their names; nobody changes them any more
   */
  public static WindowNumbers numbers(Map<String, BigDecimal> numbers, long availableAt) {
    return new WindowNumbers() {
      @Override
      public BigDecimal number(String name) {
        return numbers.get(name);
      }

      @Override
      public long availableAt() {
        return availableAt;
      }
    };
  }
}
