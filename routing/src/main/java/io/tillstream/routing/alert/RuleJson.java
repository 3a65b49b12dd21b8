package io.tillstream.routing.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes rules as {@link RuleReader} reads them. */
public final class RuleJson {

  private RuleJson() {}

  /** Writes one rule as an object, every field of the contract in it. */
  public static void write(Rule rule, JsonGenerator out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** All rules as one array, in UTF-8. */
  public static byte[] array(Iterable<Rule> rules) {
    throw new UnsupportedOperationException();
  }
}
