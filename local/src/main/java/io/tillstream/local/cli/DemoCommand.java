package io.tillstream.local.cli;

import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.Demo;
import io.tillstream.local.demo.DemoTraffic;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.UpOptions;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Brings the stack up (unless it is), plays a made shop's traffic and a story in it, and opens the"
          + " dashboard.",
      "The story: steady traffic, a flash sale, stock that runs low and is refilled, a Redis that dies"
          + " and returns.",
      "Ctrl-C stops all of it and leaves no process."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private UpOptionsMixin wanted;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Events a second (${DEFAULT-VALUE}).")
  private int rate;

  @Option(names = "--quiet", description = "Only traffic: nothing is sold out, killed or told.")
  private boolean quiet;

  private boolean drawn;

  @Override
  public Integer call() {
    TrafficOptions options;
    try {
      options = TrafficOptions.of(System.nanoTime(), rate).withCalmStock();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    Home home = Home.find();
    RunDirectory run = home.run();
    boolean running = Files.exists(run.endpoints());
    // Half an hour is too long to wait for the first abandoned cart.
    UpOptions asked = wanted.options(Map.of("aggregation.cart-timeout", "PT2M"));
    if (running) {
      asked = LocalStack.attach(home, run).options();
    }
    if (running && asked.dashboard()) {
      Console.out("Dashboard: " + Endpoints.read(run).dashboard());
    } else if (asked.dashboard()) {
      Console.out(
          "Dashboard: http://127.0.0.1:"
              + (Ports.DASHBOARD + asked.portOffset())
              + " (there in a moment, its first numbers soon after)");
    }
    try (LocalStack stack =
        running
            ? LocalStack.attach(home, run)
            : LocalStack.up(home, run, asked, Console::progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-the-demo"));
      DemoTraffic traffic = new DemoTraffic(stack.endpoints(), options);
      Console.progress("loaded " + traffic.loadCatalog() + " products and shoppers");
      if (stack.options().dashboard() && Console.outIsTerminal()) {
        Browser.open(stack.endpoints().dashboard());
      }
      Console.out("Flink's web UI: " + stack.endpoints().flink());
      new Demo(stack, traffic, Clock.systemUTC(), !quiet).play(Console.outIsTerminal(), this::show);
    }
    return 0;
  }

  private void show(List<String> lines) {
    if (!Console.outIsTerminal()) {
      lines.forEach(Console::out);
      return;
    }
    StringBuilder screen = new StringBuilder(drawn ? "\033[H" : "\033[2J\033[H");
    lines.forEach(line -> screen.append(line).append("\033[K\n"));
    screen.append("\033[J");
    drawn = true;
    Console.draw(screen.toString());
  }
}
