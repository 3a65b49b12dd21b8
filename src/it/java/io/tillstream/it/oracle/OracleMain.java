package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The oracle by hand, against a running stack. Exits 1 if there is any difference. */
@Command(name = "oracle", mixinStandardHelpOptions = true)
final class OracleMain implements Callable<Integer> {
  @Option(names = "--bootstrap", defaultValue = "127.0.0.1:9092")
  private String bootstrap;

  @Option(names = "--prefix", defaultValue = "")
  private String prefix;

  @Option(names = "--catalog", description = "The lines that `catalog load` was given.")
  private Path catalog;

  @Option(names = "--status", description = "A file with the output of `status --json`.")
  private Path status;

  @Option(names = "--window", defaultValue = "PT1M")
  private Duration window;

  @Option(names = "--lateness", defaultValue = "PT1M")
  private Duration lateness;

  @Option(names = "--dedup-window", defaultValue = "PT5M")
  private Duration dedupWindow;

  @Option(names = "--cart-timeout", defaultValue = "PT30M")
  private Duration cartTimeout;

  @Option(names = "--degraded-allowed")
  private boolean degradedAllowed;

  @Option(
      names = "--failed-allowed",
      description = "Good events may be dead letters of the backup aggregation.")
  private boolean failedAllowed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new OracleMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    OracleOptions options =
        OracleOptions.defaults()
            .withWindow(window)
            .withLateness(lateness)
            .withDedupWindow(dedupWindow)
            .withCartTimeout(cartTimeout);
    if (degradedAllowed) {
      options = options.allowingDegraded();
    }
    if (failedAllowed) {
      options = options.allowingFailed();
    }
    JsonNode ledger = status == null ? null : new ObjectMapper().readTree(status.toFile());
    OracleInput input =
        RunningShop.collect(
            bootstrap,
            prefix,
            catalog == null ? new Catalog() : Catalog.read(catalog),
            ledger,
            options);
    OracleReport report = Oracle.check(input);
    System.out.print(report);
    return report.clean() ? 0 : 1;
  }
}
