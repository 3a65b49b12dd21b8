package io.tillstream.local.cli;

import io.tillstream.local.bench.BenchResult;
import io.tillstream.local.bench.CapacityBench;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.UpOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = {
      "Measures speed on a stack of its own, which it brings up and stops.",
      "capacity: events/s while draining a topic filled beforehand, over the same source parsing and"
          + " discarding the same events; the result is checked.",
      "bypass: events/s with the look-ups bypassed, over events/s with them; the result is checked"
          + " after the repair."
    })
final class BenchCommand implements Callable<Integer> {
  enum What {
    CAPACITY,
    BYPASS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      paramLabel = "WHAT",
      defaultValue = "capacity",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private What only;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "3000000",
      description = "How many events (${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "Slots, the parallelism of both jobs (${DEFAULT-VALUE}).")
  private int slots;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (events < 1000) {
      throw new ParameterException(spec.commandLine(), "--events must be 1000 or more");
    }
    Home home = Home.find();
    RunDirectory run = new RunDirectory(home.run().path().resolve("bench-" + only));
    UpOptions options =
        UpOptions.builder()
            .slots(slots)
            .portOffset(UpOptions.FREE_PORTS)
            .withoutJob()
            .dashboard(false)
            .build();
    // Outside of the try below: what another stack in there holds is not ours to delete.
    LocalStack started = LocalStack.up(home, run, options, Console::progress);
    try (LocalStack stack = started) {
      Thread onExit = new Thread(stack::close, "stop-the-bench");
      Runtime.getRuntime().addShutdownHook(onExit);
      CapacityBench bench = new CapacityBench(stack, Console::progress);
      BenchResult result =
          switch (only) {
            case CAPACITY -> bench.run(events);
            case BYPASS -> bench.runBypassed(events);
          };
      Console.out(json ? result.json() : result.text());
      return result.exact() ? 0 : 1;
    } finally {
      run.deleteData();
    }
  }
}
