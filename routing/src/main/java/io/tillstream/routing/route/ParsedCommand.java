package io.tillstream.routing.route;

import io.tillstream.routing.event.ErrorClass;

/** What a record of the control topic yields. */
public sealed interface ParsedCommand {

  /** A command that can be carried out. */
  record Accepted(Command command) implements ParsedCommand {}

  /** No command, but something said in the same topic that its readers look for. */
  record Ignored() implements ParsedCommand {}

  /**
   * A refusal.
   *
   * @param errorClass the stable reason
   * @param error one line naming the field and the bound
   */
  record Rejected(ErrorClass errorClass, String error) implements ParsedCommand {}
}
