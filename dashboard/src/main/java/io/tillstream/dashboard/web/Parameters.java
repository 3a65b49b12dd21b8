package io.tillstream.dashboard.web;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Reads a request's parameters, each optional, and names the one that is wrong and its bound. */
final class Parameters {
  /** In one line. */
  static final class WrongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongException(String message) {
      super(message);
    }
  }

  private final Context request;

  Parameters(Context request, String... known) {
    this.request = request;
    Set<String> unknown = new TreeSet<>(request.queryParamMap().keySet());
    unknown.removeAll(Set.of(known));
    unknown.remove(WebServer.TOKEN);
    if (!unknown.isEmpty()) {
      throw new WrongException(
          "there is no parameter " + shortened(unknown.iterator().next()) + " here");
    }
  }

  private String value(String name) {
    String value = request.queryParam(name);
    return value == null || value.isEmpty() ? null : value;
  }

  int integer(String name, int least, int most, int otherwise) {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new WrongException(
        name + " must be from " + least + " to " + most + ", was " + shortened(value));
  }

  /** A text, or null. */
  String text(String name, int longest) {
    String value = value(name);
    if (value != null && value.length() > longest) {
      throw new WrongException(
          name + " must have at most " + longest + " characters, had " + value.length());
    }
    return value;
  }

  /** One of some words, or null. */
  String word(String name, String... words) {
    String value = value(name);
    if (value != null && !Set.of(words).contains(value)) {
      throw new WrongException(
          name + " must be one of " + String.join(", ", words) + ", was " + shortened(value));
    }
    return value;
  }

  /** Epoch milliseconds, of an instant or of milliseconds. */
  long instant(String name, long otherwise) {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return value.matches("[0-9]{1,15}")
          ? Long.parseLong(value)
          : Instant.parse(value).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new WrongException(
          name + " must be an instant such as 2026-11-24T04:00:00Z, was " + shortened(value));
    }
  }

  private static String shortened(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "…" : value;
  }
}
