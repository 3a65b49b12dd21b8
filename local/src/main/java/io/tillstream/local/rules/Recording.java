package io.tillstream.local.rules;

import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.InputFile;
import io.tillstream.local.topics.LineSplitter;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.Watcher;
import io.tillstream.routing.alert.WindowFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Recorded rows of {@code shop-metrics} in the order in which they were published: only those that
 * a rule looks at.
 */
final class Recording {
  private final Watcher watcher;
  private final List<WindowFigures> rows = new ArrayList<>();
  private long seen;

  Recording(RuleBook book) {
    this.watcher = new Watcher(book, 0);
  }

  /** Reads a file of JSON lines; {@code -} is standard input, {@code .gz} is unpacked. */
  void readFile(String name) {
    try (LineSplitter lines = new LineSplitter(InputFile.open(name))) {
      long number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (line.length > 0) {
          take(line, name + " line " + number);
        }
      }
    } catch (IOException e) {
      throw new StackException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** Reads the topic of the running stack from its beginning. */
  void readTopic(String bootstrap) {
    try (TopicReader reader = new TopicReader(bootstrap)) {
      reader.readAll(
          Topics.SHOP_METRICS,
          record -> {
            if (record.value() != null) {
              take(
                  record.value(),
                  record.topic() + " " + record.partition() + "/" + record.offset());
            }
          });
    }
  }

  private void take(byte[] value, String place) {
    WindowFigures row;
    try {
      row = WindowFigures.ofJson(value);
    } catch (IOException e) {
      throw new StackException(place + ": " + e.getMessage(), e);
    }
    seen++;
    if (watcher.watches(row.dimension(), row.key())) {
      rows.add(row);
    }
  }

  /** Rows of one key lie in several partitions; the time of their publishing orders them. */
  List<WindowFigures> inOrder() {
    rows.sort(Comparator.comparingLong(WindowFigures::emittedAt));
    return rows;
  }

  /** How many rows there were, those no rule looks at counted too. */
  long seen() {
    return seen;
  }
}
