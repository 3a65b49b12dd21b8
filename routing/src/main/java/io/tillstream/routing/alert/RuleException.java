package io.tillstream.routing.alert;

/** A rule that is refused; the message is one line that names the rule, the field and the bound. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  RuleException(String message) {
    super(message);
  }
}
