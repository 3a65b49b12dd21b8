package io.tillstream.operators.enrichment.lookup;

/** Whoever waits for an answer. */
@FunctionalInterface
public interface Waiter {

  /**
   * Told exactly once for each key it asked and was not answered at once, on the thread that asked.
   *
   * @param answer {@link Answer#NONE} if nobody answered
   */
  void answered(LookupKey key, Answer answer) throws Exception;
}
