package io.tillstream.routing.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rules that look at one kind of row, and what they ask of it. */
final class Plan {
  final Rule[] rules;
  final int[] marks;
  final String[] bases;
  final Series[] series;
  // By rule; null where it compares with nothing usual.
  final Series[] seriesOf;

  private Plan(List<Rule> rules) {
    this.rules = rules.toArray(new Rule[0]);
    this.marks = rules.stream().mapToInt(RuleJson::mark).toArray();
    TreeSet<String> asked = new TreeSet<>();
    Map<String, Series> remembered = new LinkedHashMap<>();
    for (Rule rule : rules) {
      asked.addAll(rule.metric().bases());
      if (rule.atLeast() != null) {
        asked.addAll(rule.atLeast().metric().bases());
      }
      if (rule.usual() != null) {
        remembered.merge(Series.of(rule).name(), Series.of(rule), Plan::longer);
      }
    }
    this.seriesOf =
        rules.stream()
            .map(rule -> rule.usual() == null ? null : Series.of(rule))
            .toArray(Series[]::new);
    this.bases = asked.toArray(new String[0]);
    this.series = remembered.values().toArray(new Series[0]);
  }

  private static Series longer(Series one, Series other) {
    return one.windows() >= other.windows() ? one : other;
  }

  int indexOf(String ruleId) {
    for (int i = 0; i < rules.length; i++) {
      if (rules[i].ruleId().equals(ruleId)) {
        return i;
      }
    }
    return -1;
  }

  /** Finds the plan of a row: asked for every row there is. */
  static final class Index {
    private static final Plan NOTHING = new Plan(List.of());

    private final Map<String, Plan> everyKey = new LinkedHashMap<>();
    private final Map<String, Map<String, Plan>> oneKey = new LinkedHashMap<>();

    Index(List<Rule> rules) {
      Map<String, List<Rule>> byDimension = new LinkedHashMap<>();
      for (Rule rule : rules) {
        byDimension.computeIfAbsent(rule.dimension(), any -> new ArrayList<>()).add(rule);
      }
      byDimension.forEach(this::put);
    }

    private void put(String dimension, List<Rule> rules) {
      List<Rule> general = rules.stream().filter(rule -> concerns(rule, null)).toList();
      everyKey.put(dimension, new Plan(general));
      Map<String, Plan> exact = new LinkedHashMap<>();
      for (Rule rule : rules) {
        if (!rule.key().equals(Rule.EVERY_KEY)) {
          exact.computeIfAbsent(
              rule.key(),
              key -> new Plan(rules.stream().filter(other -> concerns(other, key)).toList()));
        }
      }
      if (!exact.isEmpty()) {
        oneKey.put(dimension, exact);
      }
    }

    private static boolean concerns(Rule rule, String key) {
      return rule.key().equals(Rule.EVERY_KEY) || rule.key().equals(key);
    }

    Plan of(String dimension, String key) {
      Map<String, Plan> exact = oneKey.get(dimension);
      Plan plan = exact == null ? null : exact.get(key);
      plan = plan == null ? everyKey.get(dimension) : plan;
      return plan == null ? NOTHING : plan;
    }
  }
}
