package io.tillstream.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.control.PastDecision;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import java.time.Clock;
import java.time.Duration;
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

  @Command(
      name = "history",
      description = {
        "Shows every decision so far, the oldest first: when, from, to, which agent, for how long, why, who.",
        "A decision that leads where the route led already says why it stays."
      })
  static final class History implements Callable<Integer> {
    @Option(
        names = "--route",
        paramLabel = "ROUTE",
        description = "Only this one of ${COMPLETION-CANDIDATES}.")
    private Route only;

    @Option(
        names = "--json",
        description = "One JSON object a line, with lasted_ms; null: still in force.")
    private boolean json;

    @Override
    public Integer call() {
      Endpoints endpoints = Endpoints.read(Home.find().run());
      for (PastDecision past : new RouteControl(endpoints.kafka(), Clock.systemUTC()).history()) {
        if (only == null || past.decision().path("route").asText().equals(only.toString())) {
          Console.out(json ? past.json().toString() : line(past));
        }
      }
      return 0;
    }

    static String line(PastDecision past) {
      JsonNode decision = past.decision();
      return String.format(
          Locale.ROOT,
          "%-24s %-11s %-8s → %-8s %-18s %-9s for %-9s epoch %-4d by %s: %s",
          decision.path("at").asText(),
          decision.path("route").asText(),
          decision.path("from").asText(),
          decision.path("to").asText(),
          decision.path("agent").asText(),
          decision.path("mode").asText(),
          past.lasted().map(History::words).orElse("so far"),
          decision.path("epoch").asLong(),
          decision.path("by").asText(),
          decision.path("reason").asText());
    }

    private static String words(Duration length) {
      return length.toMinutes() < 2
          ? String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0)
          : length.toMinutes() + " min";
    }
  }
}
