package io.tillstream.dashboard.view;

import io.tillstream.dashboard.rows.Histories;
import io.tillstream.dashboard.rows.Row;
import io.tillstream.dashboard.rows.RowJson;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The whole shop's newest windows, each with the number of the change that made it so. */
final class ShopWindows {
  private static final String ALL = "all";

  private static final class Window {
    private boolean dirty;
    private long oldest = Row.NONE;
    private long number;
    private String text = ""; // without the closing brace
    private final RecentOldest recent = new RecentOldest();
  }

  private final Histories rows;
  private final TreeMap<Long, Window> windows = new TreeMap<>();

  ShopWindows(Histories rows) {
    this.rows = rows;
  }

  void changed(Row row) {
    Window window = windows.computeIfAbsent(row.windowStart(), start -> new Window());
    window.dirty = true;
    window.oldest = Row.oldest(window.oldest, row.oldestNewRecordAt());
  }

  boolean dirty() {
    return windows.values().stream().anyMatch(window -> window.dirty);
  }

  /** Makes the texts of what changed; those are of this number from now on. */
  void render(long number) {
    windows.headMap(rows.oldestKept()).clear();
    if (!dirty()) {
      return;
    }
    for (Row row : rows.of(ALL)) {
      Window window = windows.get(row.windowStart());
      if (window != null && window.dirty) {
        String text = JsonText.of(out -> RowJson.write(row, out));
        window.text = text.substring(0, text.length() - 1);
        window.number = number;
        window.recent.add(number, window.oldest);
        window.oldest = Row.NONE;
        window.dirty = false;
      }
    }
  }

  /** The newest rows, joined. */
  List<Row> rows() {
    return rows.of(ALL);
  }

  boolean changedSince(long number) {
    return windows.values().stream().anyMatch(window -> window.number > number);
  }

  /**
   * Writes an array of the rows that changed after a number, oldest first, with the time of the
   * oldest record that nobody has been shown who has seen everything up to that number. Who has
   * seen nothing is not told such a time: all is new to it.
   */
  void write(long number, StringBuilder out) {
    char before = '[';
    for (Window window : windows.values()) {
      if (window.number > number && !window.text.isEmpty()) {
        out.append(before).append(window.text);
        long oldest = number == View.NOTHING ? Row.NONE : window.recent.since(number);
        if (oldest != Row.NONE) {
          out.append(",\"oldest_new_record_at\":\"").append(Instant.ofEpochMilli(oldest));
          out.append('"');
        }
        out.append('}');
        before = ',';
      }
    }
    out.append(before == '[' ? "[]" : "]");
  }
}
