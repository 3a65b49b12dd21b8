package io.tillstream.local.control;

import io.tillstream.local.process.StackException;

/** The orchestrator says why it does not take a command, in one line. */
public final class CommandRefusedException extends StackException {
  private static final long serialVersionUID = 1L;

  CommandRefusedException(String why) {
    super(why.isBlank() ? "refused, without a reason" : why);
  }
}
