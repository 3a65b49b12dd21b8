package io.tillstream.operators.aggregation.trending;

import java.io.Serializable;

/** Knows what products are called. Decoration: nothing waits for it and nothing fails without. */
public interface Titles extends AutoCloseable {

  /**
   * What is known of a product now, {@link Title#NONE} if nothing is. Never blocks; what is not
   * known is looked up behind the caller's back, for the next time.
   */
  Title peek(String itemId);

  @Override
  void close();

  /** Makes them where they are needed. */
  @FunctionalInterface
  interface Factory extends Serializable {
    Titles open();
  }
}
