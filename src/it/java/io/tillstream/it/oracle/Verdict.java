package io.tillstream.it.oracle;

import java.util.Set;

/**
 * What becomes of a record when it is parsed and checked.
 *
 * @param event the event, or null if the record is refused
 * @param errorClasses every {@code error_class} that fits the record's faults; empty if accepted
 * @param faults the faults in words
 */
record Verdict(InputEvent event, Set<String> errorClasses, String faults) {
  static final String NOT_JSON = "NOT_JSON";
  static final String MISSING_FIELD = "MISSING_FIELD";
  static final String WRONG_TYPE = "WRONG_TYPE";
  static final String OUT_OF_RANGE = "OUT_OF_RANGE";
  static final Set<String> CLASSES = Set.of(NOT_JSON, MISSING_FIELD, WRONG_TYPE, OUT_OF_RANGE);

  boolean accepted() {
    return event != null;
  }
}
