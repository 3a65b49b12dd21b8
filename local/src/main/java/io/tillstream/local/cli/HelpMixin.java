package io.tillstream.local.cli;

import picocli.CommandLine.Option;

/** {@code --help} for every command. */
final class HelpMixin {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
