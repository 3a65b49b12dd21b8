package io.tillstream.local.cli;

import io.tillstream.local.data.GenerateCommand;
import io.tillstream.local.data.ImportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The one command. Exit codes: 0 success, 1 failure with one line on stderr, 2 wrong usage. */
@Command(
    name = "tillstream",
    mixinStandardHelpOptions = true,
    // Every subcommand has --help and --version too.
    scope = ScopeType.INHERIT,
    version = "tillstream 0.1.0-SNAPSHOT",
    description = "An online shop's numbers while they happen: the local stack and its tools.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ProduceCommand.class,
      GenerateCommand.class,
      ImportCommand.class,
      CatalogCommand.class,
      RouteCommand.class,
      RoutesCommand.class,
      RulesCommand.class,
      DeadLettersCommand.class,
      WebhookCommand.class,
      SavepointCommand.class,
      KillCommand.class,
      StartCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Tillstream implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command line as {@code bin/tillstream} does, and returns its exit code. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Tillstream())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Failures::report)
        .registerConverter(java.time.Duration.class, io.tillstream.local.layout.Durations::parse);
  }

  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(Failures::expectNone, "ending"));
    System.exit(run(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: try --help");
  }
}
