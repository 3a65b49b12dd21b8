package io.tillstream.operators.enrichment.lookup;

/** The catalog did not answer: silent, refusing, loading, or not there. */
public final class LookupFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure in words a person understands; they hold no password. */
  public LookupFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
