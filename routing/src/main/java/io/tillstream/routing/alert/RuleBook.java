package io.tillstream.routing.alert;

import java.util.List;

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
  public static final RuleBook BUILT_IN = new RuleBook(0, List.of());

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
    throw new UnsupportedOperationException();
  }

  /**
   * The book without these rules.
   *
   * @throws RuleException if one of them is not there
   */
  public RuleBook remove(List<String> ruleIds) throws RuleException {
    throw new UnsupportedOperationException();
  }
}
