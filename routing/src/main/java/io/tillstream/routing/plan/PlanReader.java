package io.tillstream.routing.plan;

import io.tillstream.routing.agent.AgentKind;
import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a plan out of YAML: the shape, the bounds, and which agents fit which route. */
final class PlanReader {
  private static final int VERSION = 1;
  private static final Duration MINUTES = Duration.ofMinutes(10);
  // Reports come each second: below this, it takes too few lost ones to make an agent stale.
  private static final Duration LEAST_STALE = Duration.ofSeconds(4);
  // All records that wait for a retry are drained before a checkpoint's barrier.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int MOST_CONDITIONS = 32;

  private PlanReader() {}

  static List<PlannedRoute> read(String yaml) throws PlanException {
    YamlFields top = YamlFields.parse(yaml);
    top.only("version", "routes");
    var unused = top.integer("version", VERSION, VERSION);
    YamlFields routes = top.mapping("routes");
    routes.only(RoutePlan.ROUTES.toArray(String[]::new));
    List<PlannedRoute> read = new ArrayList<>();
    for (String name : RoutePlan.ROUTES) {
      read.add(route(name, routes.mapping(name)));
    }
    return read;
  }

  private static PlannedRoute route(String name, YamlFields fields) throws PlanException {
    fields.only(
        "primary",
        "fallback",
        "leave_when",
        "stale_after",
        "dwell",
        "healthy_for",
        "healthy_for_max",
        "calm_after",
        "probe_share",
        "probe_for",
        "retry");
    String primary = agent(name, fields, "primary");
    String fallback = agent(name, fields, "fallback");
    if (primary.equals(fallback)) {
      throw fields.refused("fallback", "must be another agent than the primary, " + primary);
    }
    List<Condition> leaveWhen = conditions(fields);
    Duration healthyFor = fields.duration("healthy_for", Duration.ZERO, MINUTES);
    return new PlannedRoute(
        name,
        primary,
        fallback,
        leaveWhen,
        fields.duration("stale_after", LEAST_STALE, MINUTES),
        fields.duration("dwell", Duration.ZERO, MINUTES),
        healthyFor,
        fields.duration("healthy_for_max", healthyFor, Duration.ofHours(1)),
        fields.duration("calm_after", Duration.ZERO, Duration.ofHours(24)),
        fields.number("probe_share", 0, 0.5),
        fields.duration("probe_for", Duration.ZERO, MINUTES),
        retry(fields.mapping("retry")));
  }

  private static String agent(String route, YamlFields fields, String field) throws PlanException {
    String name = fields.text(field);
    AgentKind kind = AgentKind.ofText(name);
    if (kind == null) {
      throw fields.refused(
          field, "must be one of " + AgentKind.names() + ", not " + Lines.quoted(name));
    }
    // The route's own agent says what the route carries.
    String carried = AgentKind.ofText(route).input();
    if (!kind.input().equals(carried)) {
      throw fields.refused(
          field, "must take " + a(carried) + ", but " + name + " takes " + a(kind.input()));
    }
    return name;
  }

  private static String a(String input) {
    return (input.startsWith("e") ? "an " : "a ") + input;
  }

  private static List<Condition> conditions(YamlFields fields) throws PlanException {
    List<Node> nodes = fields.list("leave_when");
    if (nodes.isEmpty() || nodes.size() > MOST_CONDITIONS) {
      throw fields.refused(
          "leave_when", "must have 1.." + MOST_CONDITIONS + " conditions, not " + nodes.size());
    }
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      conditions.add(fields.each("leave_when[" + i + "]", nodes.get(i), ConditionReader::read));
    }
    return conditions;
  }

  private static RetryPolicy retry(YamlFields fields) throws PlanException {
    fields.only("max_retries", "backoff", "initial", "max", "jitter");
    String backoff = fields.text("backoff");
    double factor =
        switch (backoff) {
          case "exponential" -> 2;
          case "constant" -> 1;
          default ->
              throw fields.refused(
                  "backoff", "must be exponential or constant, not " + Lines.quoted(backoff));
        };
    Duration initial = fields.duration("initial", Duration.ofMillis(1), LONGEST_PAUSE);
    return new RetryPolicy(
        fields.integer("max_retries", 0, RetryPolicy.MOST_RETRIES),
        initial,
        factor,
        fields.duration("max", initial, LONGEST_PAUSE),
        fields.number("jitter", 0, 1));
  }
}
