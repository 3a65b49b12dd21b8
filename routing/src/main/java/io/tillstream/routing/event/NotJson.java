package io.tillstream.routing.event;

/**
 * Ends the reading of a record that is not one JSON object in UTF-8. Whatever else is wrong with
 * such a record matters no more, so that this may jump out of any depth; it has no stack trace,
 * because dirty input must not be slow.
 */
final class NotJson extends Exception {
  private static final long serialVersionUID = 1L;

  NotJson(String message) {
    super(message, null, false, false);
  }
}
