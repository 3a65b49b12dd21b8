package io.tillstream.local.rules;

import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertJson;
import io.tillstream.routing.alert.KeyMemory;
import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.Step;
import io.tillstream.routing.alert.Watcher;
import io.tillstream.routing.alert.WindowFigures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Runs rules over recorded rows as the job would have, with the recorded {@code emitted_at} as the
 * time. A window that is still open at the end stays open: nothing is known of what came after.
 */
public final class Rehearsal {
  private record Due(long at, String key) {}

  private final RuleBook book;
  private final Map<String, KeyMemory> memories = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private final List<Alert> alerts = new ArrayList<>();
  private Watcher watcher;
  private long rows;
  private long from;
  private long to;

  private Rehearsal(RuleFile file) {
    this.book = new RuleBook(0, file.rules());
  }

  /**
   * Over a file of JSON lines.
   *
   * @param metrics {@code -} is standard input, {@code .gz} is unpacked
   */
  public static Rehearsal overFile(RuleFile rules, String metrics) {
    Rehearsal rehearsal = new Rehearsal(rules);
    Recording recording = new Recording(rehearsal.book);
    recording.readFile(metrics);
    rehearsal.run(recording);
    return rehearsal;
  }

  /** Over the topic of a running stack, from its beginning. */
  public static Rehearsal overTopic(RuleFile rules, String bootstrap) {
    Rehearsal rehearsal = new Rehearsal(rules);
    Recording recording = new Recording(rehearsal.book);
    recording.readTopic(bootstrap);
    rehearsal.run(recording);
    return rehearsal;
  }

  private void run(Recording recording) {
    List<WindowFigures> ordered = recording.inOrder();
    rows = recording.seen();
    from = ordered.isEmpty() ? 0 : ordered.get(0).emittedAt();
    watcher = new Watcher(book, from);
    for (WindowFigures row : ordered) {
      to = row.emittedAt();
      passTime();
      String key = row.dimension() + '|' + row.key();
      keep(key, watcher.see(memory(key), row, to));
    }
  }

  private void passTime() {
    while (!due.isEmpty() && due.peek().at() <= to) {
      Due next = due.remove();
      if (memory(next.key()).nextDeadline() == next.at()) {
        keep(next.key(), watcher.tick(memory(next.key()), next.at()));
      }
    }
  }

  private KeyMemory memory(String key) {
    return memories.getOrDefault(key, KeyMemory.EMPTY);
  }

  private void keep(String key, Step step) {
    long before = memory(key).nextDeadline();
    memories.put(key, step.memory());
    alerts.addAll(step.alerts());
    long next = step.memory().nextDeadline();
    if (next != before && next != Long.MAX_VALUE) {
      due.add(new Due(next, key));
    }
  }

  /** What would have been said, in order of time. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Alert alert : alerts) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s %-8s %-8s %-26s %s %s: %s%s",
              Instant.ofEpochMilli(alert.updatedAt()),
              alert.status().text(),
              alert.severity().text(),
              alert.ruleId(),
              alert.dimension(),
              alert.key(),
              alert.reason(),
              alert.shadow() ? " (shadow)" : ""));
    }
    return lines;
  }

  /** The same as the JSON of alerts. */
  public List<String> json() {
    return alerts.stream()
        .map(alert -> new String(AlertJson.write(alert), StandardCharsets.UTF_8))
        .toList();
  }

  /** How often one rule would have spoken. */
  public static final class Count {
    private int raised;
    private int updated;
    private int resolved;

    private void add(Alert alert) {
      switch (alert.status()) {
        case RAISED -> raised++;
        case UPDATED -> updated++;
        case RESOLVED -> resolved++;
      }
    }

    public int raised() {
      return raised;
    }

    public int updated() {
      return updated;
    }

    public int resolved() {
      return resolved;
    }
  }

  /** By rule, in the order of the file; also those that would have kept silent. */
  public Map<String, Count> summary() {
    Map<String, Count> counts = new LinkedHashMap<>();
    for (Rule rule : book.rules()) {
      counts.put(rule.ruleId(), new Count());
    }
    alerts.forEach(alert -> counts.get(alert.ruleId()).add(alert));
    return counts;
  }

  /** How many rows were read. */
  public long rows() {
    return rows;
  }

  /** When the first row that a rule looks at was published, in epoch milliseconds; 0 if none. */
  public long from() {
    return from;
  }

  /** When the last one was. */
  public long to() {
    return to;
  }
}
