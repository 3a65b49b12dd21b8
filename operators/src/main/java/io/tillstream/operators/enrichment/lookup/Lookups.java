package io.tillstream.operators.enrichment.lookup;

import java.io.Serializable;
import java.util.List;

/**
 * The catalog, over one connection. One thread calls; only {@link #abort} and {@link #close} may
 * come from others.
 */
public interface Lookups extends AutoCloseable {

  /**
   * Asks for many at once and waits.
   *
   * @return the answers in the order of the keys, none of them {@link Answer#NONE}
   * @throws LookupFailure if the catalog did not answer all of them, or has not been loaded
   */
  List<Answer> ask(List<LookupKey> keys) throws LookupFailure;

  /**
   * Asks whether the catalog would answer.
   *
   * @throws LookupFailure if not
   */
  void probe() throws LookupFailure;

  /** Breaks off a running call, which then fails. Does not wait. */
  void abort();

  @Override
  void close();

  /** Makes them on the machine where the agent runs. */
  interface Factory extends Serializable {
    /** One more connection, made when it is first needed. */
    Lookups open();
  }
}
