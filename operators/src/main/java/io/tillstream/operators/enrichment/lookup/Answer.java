package io.tillstream.operators.enrichment.lookup;

import io.tillstream.operators.figures.RowKey;
import java.util.Collections;
import java.util.List;

/** What came of a look-up. Few exist: all products of a category share one. */
public final class Answer {
  /** The catalog knows no such thing, or nothing of what was asked: an answer as well. */
  public static final Answer UNKNOWN = new Answer(RowKey.UNKNOWN, false);

  /** Nobody answered; never cached. */
  public static final Answer NONE = new Answer(null, false);

  private final String value;
  private final boolean found;
  private final List<String> asList;

  private Answer(String value, boolean found) {
    this.value = value;
    this.found = found;
    this.asList = Collections.singletonList(value);
  }

  /** The answer {@code value}; nothing and the empty text are {@link #UNKNOWN}. */
  public static Answer of(String value) {
    return value == null || value.isEmpty() ? UNKNOWN : new Answer(value, true);
  }

  /** The value, {@link RowKey#UNKNOWN} if the catalog has none, null if there was no answer. */
  public String value() {
    return value;
  }

  /** Whether the catalog has a value. */
  public boolean found() {
    return found;
  }

  /** Whether there was an answer. */
  public boolean answered() {
    return this != NONE;
  }

  /** {@link #value} as an immutable list of one, made once for all events of one line. */
  public List<String> asList() {
    return asList;
  }

  @Override
  public String toString() {
    return this == NONE ? "no answer" : value;
  }
}
