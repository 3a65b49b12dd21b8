package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** One aggregator's part of a window: the numbers that rules ask for, as of its newest version. */
final class Part {
  final String aggregator;
  final long version;
  final boolean isFinal;
  final long availableAt;
  // Which were asked for; shared by all parts made under one plan.
  final String[] names;
  // Null where the row had no such number.
  final BigDecimal[] values;

  Part(
      String aggregator,
      long version,
      boolean isFinal,
      long availableAt,
      String[] names,
      BigDecimal[] values) {
    this.aggregator = aggregator;
    this.version = version;
    this.isFinal = isFinal;
    this.availableAt = availableAt;
    this.names = names;
    this.values = values;
  }

  static Part of(WindowFigures row, String[] names) {
    BigDecimal[] values = new BigDecimal[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = row.numbers().number(names[i]);
    }
    return new Part(
        row.aggregator(), row.version(), row.isFinal(), row.numbers().availableAt(), names, values);
  }

  /** The place of a number, or -1 if nobody asked for it when the row came. */
  int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
