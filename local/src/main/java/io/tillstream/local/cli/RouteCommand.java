package io.tillstream.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "route",
    description = {
      "Switches a route by hand: route enrichment --mode fallback. Returns when it was decided.",
      "auto lets the orchestrator decide, primary and fallback pin the route, observe only logs."
    },
    subcommands = RouteCommand.History.class)
final class RouteCommand implements Callable<Integer> {
  enum Route {
    ENRICHMENT,
    AGGREGATION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Mode {
    AUTO,
    PRIMARY,
    FALLBACK,
    OBSERVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ROUTE",
      arity = "0..1",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Route route;

  @Option(names = "--mode", paramLabel = "MODE", description = "One of ${COMPLETION-CANDIDATES}.")
  private Mode mode;

  @Option(names = "--json", description = "Print the decision as one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    // Not required by the parser: the subcommand history has neither.
    if (route == null || mode == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing " + (route == null ? "ROUTE" : "--mode") + ": see --help");
    }
    Endpoints endpoints = Endpoints.read(Home.find().run());
    RouteControl control = new RouteControl(endpoints.kafka(), Clock.systemUTC());
    String by = System.getProperty("user.name", "someone");
    JsonNode decision = control.switchTo(route.toString(), mode.toString(), by);
    Console.out(json ? decision.toString() : line(decision));
    return 0;
  }

  static String line(JsonNode decision) {
    return String.format(
        Locale.ROOT,
        "%-24s %-12s %-8s → %-8s %-8s epoch %d  by %s: %s",
        decision.path("at").asText(),
        decision.path("route").asText(),
        decision.path("from").asText(),
        decision.path("to").asText(),
        decision.path("mode").asText(),
        decision.path("epoch").asLong(),
        decision.path("by").asText(),
        decision.path("reason").asText());
  }

  @Command(name = "history", description = "Shows every decision so far, the oldest first.")
  static final class History implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
      Endpoints endpoints = Endpoints.read(Home.find().run());
      for (JsonNode decision : new RouteControl(endpoints.kafka(), Clock.systemUTC()).history()) {
        Console.out(json ? decision.toString() : line(decision));
      }
      return 0;
    }
  }
}
