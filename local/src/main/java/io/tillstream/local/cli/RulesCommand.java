package io.tillstream.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.control.CommandRefusedException;
import io.tillstream.local.control.RulesControl;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.rules.Rehearsal;
import io.tillstream.local.rules.RuleFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rules",
    description = "Alert rules: which are in force, others in their place, and what they would do.",
    subcommands = {
      RulesCommand.Apply.class,
      RulesCommand.Listing.class,
      RulesCommand.Remove.class,
      RulesCommand.Trial.class
    })
final class RulesCommand extends Group {

  @Command(
      name = "apply",
      description = {
        "Adds the rules of a file (JSON) to those in force, or puts them in the place of those with"
            + " the same rule_id. Returns when they are in force.",
        "A mistake is told with its rule and field, and nothing changes."
      })
  static final class Apply implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "One rule, an array, or {\"rules\":[…]}.")
    private Path file;

    @Option(names = "--json", description = "The rules in force, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      RuleFile rules = RuleFile.read(file);
      Endpoints endpoints = Endpoints.read(Home.find().run());
      try {
        show(control(endpoints).apply(rules.json(), user()), json);
      } catch (CommandRefusedException refused) {
        throw new StackException(file + ": " + refused.getMessage(), refused);
      }
      return 0;
    }
  }

  @Command(name = "list", description = "Shows the alert rules in force.")
  static final class Listing implements Callable<Integer> {
    @Option(names = "--json", description = "As one JSON object: version, rules, at.")
    private boolean json;

    @Override
    public Integer call() {
      show(control(Endpoints.read(Home.find().run())).inForce(), json);
      return 0;
    }
  }

  @Command(
      name = "remove",
      description = "Takes rules out of force; what they have open is resolved.")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "The rule_id of each.")
    private List<String> ruleIds;

    @Option(names = "--json", description = "The rules in force, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      show(control(Endpoints.read(Home.find().run())).remove(ruleIds, user()), json);
      return 0;
    }
  }

  @Command(
      name = "test",
      description = {
        "Runs the rules of a file over recorded shop-metrics, and shows what would have been said.",
        "Nothing is applied and nothing is sent. Time is the emitted_at of the rows."
      })
  static final class Trial implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "One rule, an array, or {\"rules\":[…]}.")
    private Path file;

    @Option(
        names = "--metrics",
        paramLabel = "RECORDED",
        description =
            "Rows as JSON lines, - for standard input, .gz too; without it the topic of the running"
                + " stack from its beginning.")
    private String metrics;

    @Option(
        names = "--json",
        description = "The alerts, one JSON object a line, and a last line with the summary.")
    private boolean json;

    @Override
    public Integer call() {
      RuleFile rules = RuleFile.read(file);
      Rehearsal rehearsal =
          metrics == null
              ? Rehearsal.overTopic(rules, Endpoints.read(Home.find().run()).kafka())
              : Rehearsal.overFile(rules, metrics);
      if (json) {
        rehearsal.json().forEach(Console::out);
        Console.out(summary(rehearsal).toString());
      } else {
        rehearsal.lines().forEach(Console::out);
        Console.out(period(rehearsal));
        rehearsal.summary().forEach((rule, count) -> Console.out("  " + summaryLine(rule, count)));
      }
      return 0;
    }

    private static String period(Rehearsal rehearsal) {
      if (rehearsal.to() == 0) {
        return rehearsal.rows() + " rows, none that a rule looks at";
      }
      return rehearsal.rows()
          + " rows, from "
          + Instant.ofEpochMilli(rehearsal.from())
          + " to "
          + Instant.ofEpochMilli(rehearsal.to());
    }

    private static String summaryLine(String rule, Rehearsal.Count count) {
      return String.format(
          Locale.ROOT,
          "%-26s raised %d, updated %d, resolved %d",
          rule,
          count.raised(),
          count.updated(),
          count.resolved());
    }

    private static ObjectNode summary(Rehearsal rehearsal) {
      ObjectNode node = Json.MAPPER.createObjectNode();
      ArrayNode rules = node.putArray("summary");
      rehearsal
          .summary()
          .forEach(
              (rule, count) -> {
                ObjectNode line = rules.addObject();
                line.put("rule_id", rule);
                line.put("raised", count.raised());
                line.put("updated", count.updated());
                line.put("resolved", count.resolved());
              });
      node.put("rows", rehearsal.rows());
      return node;
    }
  }

  private static RulesControl control(Endpoints endpoints) {
    return new RulesControl(endpoints.kafka(), Clock.systemUTC());
  }

  private static String user() {
    return System.getProperty("user.name", "someone");
  }

  /** Shows a record {@code rules-in-force}. */
  private static void show(String said, boolean json) {
    if (json) {
      Console.out(said);
      return;
    }
    RuleFile rules = RuleFile.ofSaid(said);
    rules.lines().forEach(Console::out);
    try {
      JsonNode record = Json.MAPPER.readTree(said);
      Console.out(
          "version "
              + record.path("version").asLong()
              + ", "
              + rules.lines().size()
              + " rules in force, as of "
              + record.path("at").asText());
    } catch (JsonProcessingException e) {
      throw new StackException("the rules in force are not to be read: " + e.getMessage(), e);
    }
  }
}
