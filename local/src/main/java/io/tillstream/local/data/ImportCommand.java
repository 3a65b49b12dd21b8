package io.tillstream.local.data;

import io.tillstream.local.data.imports.DataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillstream import}: a public data set's CSV as events and catalog. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    subcommands = {ImportCommand.OnlineRetail.class, ImportCommand.Rees46.class},
    description = "Turns a public shop data set's CSV into events and catalog (JSON lines).")
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which data set? online-retail or rees46");
  }

  /** What every data set needs. */
  static final class Files {
    @Parameters(paramLabel = "FILE", description = "The CSV (.gz is unpacked).")
    private Path file;

    @Option(
        names = "--events",
        required = true,
        paramLabel = "OUT",
        description = "Where the events go (.gz packs them).")
    private Path events;

    @Option(
        names = "--catalog",
        required = true,
        paramLabel = "OUT",
        description = "Where products and shoppers go (.gz packs them).")
    private Path catalog;

    @Option(
        names = "--charset",
        defaultValue = "UTF-8",
        description = "How the CSV is encoded (${DEFAULT-VALUE}).")
    private Charset charset;

    int run(DataSet set, CommandSpec spec) {
      PrintWriter err = spec.commandLine().getErr();
      try {
        err.println(
            set.run(
                    file,
                    charset,
                    events,
                    catalog,
                    lines -> err.printf("import: %,d lines%n", lines))
                .text());
        return 0;
      } catch (IOException e) {
        err.println("import: " + e.getMessage());
        return 1;
      }
    }
  }

  /** {@code import online-retail}. */
  @Command(
      name = "online-retail",
      mixinStandardHelpOptions = true,
      description = "UCI Online Retail: a year of a gift wholesaler's invoices.")
  static final class OnlineRetail implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Files files;

    @Override
    public Integer call() {
      return files.run(DataSet.ONLINE_RETAIL, spec);
    }
  }

  /** {@code import rees46}. */
  @Command(
      name = "rees46",
      mixinStandardHelpOptions = true,
      description = "REES46: what people did in a shop, one month a file.")
  static final class Rees46 implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Files files;

    @Override
    public Integer call() {
      return files.run(DataSet.REES46, spec);
    }
  }
}
