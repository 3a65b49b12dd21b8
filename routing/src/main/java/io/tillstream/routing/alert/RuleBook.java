package io.tillstream.routing.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules in force.
 *
 * @param version 0 for the built-in ones, one more with each change
 * @param rules by rule id no two alike, at most {@link #MOST}
 */
public record RuleBook(long version, List<Rule> rules) {
  /** How many rules a book may hold. */
  public static final int MOST = 500;

  /** The rules that come with the product. */
  public static final RuleBook BUILT_IN = new RuleBook(0, builtIn());

  /** Copies the list. */
  public RuleBook {
    rules = List.copyOf(rules);
  }

  /**
   * The book with these rules added, or put in the place of those with the same id.
   *
   * @throws RuleException if it would hold more than {@link #MOST}
   */
  public RuleBook apply(List<Rule> changed) throws RuleException {
    Map<String, Rule> byId = new LinkedHashMap<>();
    rules.forEach(rule -> byId.put(rule.ruleId(), rule));
    changed.forEach(rule -> byId.put(rule.ruleId(), rule));
    if (byId.size() > MOST) {
      throw new RuleException(
          "the rules in force must be at most " + MOST + ", would be " + byId.size());
    }
    return new RuleBook(version + 1, new ArrayList<>(byId.values()));
  }

  /**
   * The book without these rules.
   *
   * @throws RuleException if one of them is not there
   */
  public RuleBook remove(List<String> ruleIds) throws RuleException {
    Set<String> left = new HashSet<>(ruleIds);
    List<Rule> kept = new ArrayList<>();
    for (Rule rule : rules) {
      if (!left.remove(rule.ruleId())) {
        kept.add(rule);
      }
    }
    for (String ruleId : ruleIds) {
      if (left.contains(ruleId)) {
        throw new RuleException(
            "rule "
                + RuleFields.oneLine(ruleId, 64)
                + ": rule_id must be that of a rule in force, was unknown");
      }
    }
    return new RuleBook(version + 1, kept);
  }

  private static List<Rule> builtIn() {
    try (InputStream json = RuleBook.class.getResourceAsStream("rules.json")) {
      return RuleReader.read(json.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in rules are not to be read", e);
    } catch (RuleException e) {
      throw new IllegalStateException("the built-in rules are wrong: " + e.getMessage(), e);
    }
  }
}
