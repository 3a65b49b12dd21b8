package io.tillstream.routing.plan;

/** Routes that are refused; the message is one line that names the line, the field, the bound. */
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param line from 1
   */
  PlanException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
