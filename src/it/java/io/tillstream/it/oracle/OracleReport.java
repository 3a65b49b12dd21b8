package io.tillstream.it.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the oracle found: nothing, or a list that a person can read. */
public final class OracleReport {
  private static final int SHOWN = 20;

  private final List<String> first = new ArrayList<>();
  private final Map<String, Integer> differences = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** Something that must not be. */
  void difference(String kind, String text) {
    differences.merge(kind, 1, Integer::sum);
    // At most a handful of one kind, so that the others are seen too.
    if (first.size() < SHOWN && differences.get(kind) <= SHOWN / 2) {
      first.add(kind + ": " + text);
    }
  }

  /** How many of something there were. */
  void count(String what, long number) {
    counts.put(what, number);
  }

  /** Something the reader should know that is no difference. */
  void remark(String text) {
    remarks.add(text);
  }

  /** Whether everything is as it must be. */
  public boolean clean() {
    return differences.isEmpty();
  }

  /** How many differences of all kinds. */
  public int size() {
    return differences.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of each kind. */
  public Map<String, Integer> differences() {
    return Map.copyOf(differences);
  }

  /** The first of them, in words. */
  public List<String> first() {
    return List.copyOf(first);
  }

  /** How many of something there were: in, aggregated, duplicate, late, dead_lettered, rows. */
  public long count(String what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("oracle: ");
    out.append(clean() ? "no difference" : size() + " differences " + differences);
    out.append("; ").append(counts).append('\n');
    remarks.forEach(remark -> out.append("  note: ").append(remark).append('\n'));
    first.forEach(text -> out.append("  ").append(text).append('\n'));
    return out.toString();
  }
}
