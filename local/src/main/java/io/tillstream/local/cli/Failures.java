package io.tillstream.local.cli;

import io.tillstream.local.process.StackException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into one line on stderr; TILLSTREAM_DEBUG=1 shows the rest. */
final class Failures {
  private static volatile boolean ending;

  private Failures() {}

  /** From now on failures are only what a Ctrl-C makes of work under way. */
  static void expectNone() {
    ending = true;
  }

  static int report(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      throw usage;
    }
    if (ending) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    PrintWriter err = command.getErr();
    err.println("tillstream: " + line(failure));
    if (debug()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  static boolean debug() {
    String value = System.getenv("TILLSTREAM_DEBUG");
    return value != null && !value.isBlank() && !value.equals("0");
  }

  private static String line(Exception failure) {
    String message = failure.getMessage();
    boolean ours = failure instanceof StackException || failure instanceof IllegalArgumentException;
    String text =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : ours ? message : name(failure) + message;
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  private static String name(Exception failure) {
    return failure.getClass().getSimpleName().replaceAll("Exception$", "").toLowerCase(Locale.ROOT)
        + ": ";
  }
}
