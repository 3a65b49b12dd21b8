package io.tillstream.local.cli;

import io.tillstream.local.bench.AlertsBench;
import io.tillstream.local.bench.BenchResult;
import io.tillstream.local.bench.CapacityBench;
import io.tillstream.local.bench.LatencyBench;
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
          + " after the repair.",
      "latency: from a record's Kafka timestamp to a client of the dashboard, by an open loop, without a"
          + " fault and with Redis killed; the result is checked.",
      "alerts: from a stock update below the threshold in Kafka to the webhook's arrival."
    })
final class BenchCommand implements Callable<Integer> {
  enum What {
    CAPACITY,
    BYPASS,
    LATENCY,
    ALERTS;

    /** Those that follow a running shop, instead of draining a full topic. */
    boolean live() {
      return this == LATENCY || this == ALERTS;
    }

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
      description = "capacity, bypass: how many events (${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "latency, alerts: events a second (10000, 4000).")
  private Integer rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "latency, alerts: how long each stretch is measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "1",
      description = "latency: how many clients the dashboard has (${DEFAULT-VALUE}).")
  private int clients;

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
    require(events >= 1000, "--events must be 1000 or more");
    require(rate == null || (rate >= 1 && rate <= 1_000_000), "--rate must be 1 to 1000000");
    require(seconds >= 10 && seconds <= 3600, "--seconds must be 10 to 3600");
    require(clients >= 1 && clients <= 1000, "--clients must be 1 to 1000");
    Home home = Home.find();
    RunDirectory run = new RunDirectory(home.run().path().resolve("bench-" + only));
    UpOptions.Builder options =
        UpOptions.builder().slots(slots).portOffset(UpOptions.FREE_PORTS).dashboard(only.live());
    if (!only.live()) {
      options.withoutJob();
    }
    // Outside of the try below: what another stack in there holds is not ours to delete.
    LocalStack started = LocalStack.up(home, run, options.build(), Console::progress);
    try (LocalStack stack = started) {
      Thread onExit = new Thread(stack::close, "stop-the-bench");
      Runtime.getRuntime().addShutdownHook(onExit);
      BenchResult result = run(stack);
      Console.out(json ? result.json() : result.text());
      return result.exact() ? 0 : 1;
    } finally {
      run.deleteData();
    }
  }

  private BenchResult run(LocalStack stack) {
    return switch (only) {
      case CAPACITY -> new CapacityBench(stack, Console::progress).run(events);
      case BYPASS -> new CapacityBench(stack, Console::progress).runBypassed(events);
      case LATENCY ->
          new LatencyBench(stack, Console::progress).run(rateOr(10_000), seconds, clients);
      case ALERTS -> new AlertsBench(stack, Console::progress).run(rateOr(4_000), seconds);
    };
  }

  private int rateOr(int usual) {
    return rate == null ? usual : rate;
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
