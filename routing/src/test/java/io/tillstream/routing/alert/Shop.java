package io.tillstream.routing.alert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One key and its watcher. The memory goes through its codec after every step. */
final class Shop {
  static final long START = 1_795_492_800_000L;
  static final long MINUTE = 60_000;

  private final String dimension;
  private final String key;
  private RuleBook book;
  private Watcher watcher;
  private KeyMemory memory = KeyMemory.EMPTY;
  private long version;
  long now = START;
  long window = START;
  final List<Alert> all = new ArrayList<>();

  Shop(String dimension, String key, String... rules) {
    this.dimension = dimension;
    this.key = key;
    this.book = new RuleBook(1, rules(rules));
    this.watcher = new Watcher(book, START);
  }

  static List<Rule> rules(String... rules) {
    try {
      return RuleReader.read(
          ("[" + String.join(",", rules) + "]").getBytes(StandardCharsets.UTF_8));
    } catch (RuleException e) {
      throw new IllegalArgumentException(e);
    }
  }

  KeyMemory memory() {
    return memory;
  }

  Watcher watcher() {
    return watcher;
  }

  Shop at(long millis) {
    now = START + millis;
    return this;
  }

  Shop inWindow(int number) {
    window = START + number * MINUTE;
    return this;
  }

  /** Numbers as {@code "views=3 purchases=1"}. */
  List<Alert> row(String numbers) {
    return row("primary", numbers, false);
  }

  List<Alert> lastRow(String numbers) {
    return row("primary", numbers, true);
  }

  List<Alert> row(String aggregator, String numbers, boolean isFinal) {
    return row(aggregator, numbers, isFinal, ++version);
  }

  List<Alert> row(String aggregator, String numbers, boolean isFinal, long rowVersion) {
    return take(watcher.see(memory, figures(aggregator, numbers, isFinal, rowVersion), now));
  }

  WindowFigures figures(String aggregator, String numbers, boolean isFinal, long rowVersion) {
    Map<String, BigDecimal> values = new HashMap<>();
    long availableAt = window;
    for (String number : numbers.isEmpty() ? new String[0] : numbers.split(" ", -1)) {
      String[] pair = number.split("=", 2);
      if (pair[0].equals("at")) {
        availableAt = window + Long.parseLong(pair[1]);
      } else {
        values.put(pair[0], new BigDecimal(pair[1]));
      }
    }
    return new WindowFigures(
        dimension,
        key,
        window,
        window + MINUTE,
        aggregator,
        rowVersion,
        isFinal,
        now,
        WindowFigures.numbers(values, availableAt));
  }

  List<Alert> tick() {
    return take(watcher.tick(memory, now));
  }

  List<Alert> change(String... rules) {
    book = new RuleBook(book.version() + 1, rules(rules));
    watcher = new Watcher(book, START);
    return take(watcher.judge(memory, now));
  }

  List<Alert> adopt(Alert told) {
    return take(watcher.adopt(memory, told, now));
  }

  /** As after a crash: another memory, watched from now on. */
  void restore(KeyMemory checkpoint) {
    memory = copy(checkpoint);
    watcher = new Watcher(book, now);
  }

  private List<Alert> take(Step step) {
    memory = copy(step.memory());
    all.addAll(step.alerts());
    return step.alerts();
  }

  static KeyMemory copy(KeyMemory memory) {
    try {
      byte[] bytes = bytes(memory);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      KeyMemory copy = new KeyMemoryCodec().read(in, 1);
      if (in.available() > 0 || !java.util.Arrays.equals(bytes, bytes(copy))) {
        throw new AssertionError("the memory is not read as it was written");
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(KeyMemory memory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new KeyMemoryCodec().write(memory, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
