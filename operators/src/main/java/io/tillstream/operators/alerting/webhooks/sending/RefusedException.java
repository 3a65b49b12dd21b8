package io.tillstream.operators.alerting.webhooks.sending;

/** A webhook that must not or cannot be sent: no further attempt would change that. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Refused.
   *
   * @param reason one line, without anything secret in it
   */
  public RefusedException(String reason) {
    super(reason);
  }
}
