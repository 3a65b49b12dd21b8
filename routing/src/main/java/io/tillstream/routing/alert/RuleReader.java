package io.tillstream.routing.alert;

import java.util.List;

/** Reads rules as JSON: an array, one object, or an object with an array {@code rules}. */
public final class RuleReader {

  private RuleReader() {}

  /**
   * Reads rules, in their order.
   *
   * @throws RuleException naming rule and field, if one is wrong, unknown or twice there
   */
  public static List<Rule> read(byte[] json) throws RuleException {
    throw new UnsupportedOperationException();
  }

  /** Reads the rules in one field of an object; none if the field is absent or null. */
  public static List<Rule> readField(byte[] json, String field) throws RuleException {
    throw new UnsupportedOperationException();
  }
}
