package io.tillstream.jobs.options;

/** A wrong option; the message is one line that names the key and the bound. */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OptionException(String message) {
    super(message);
  }
}
