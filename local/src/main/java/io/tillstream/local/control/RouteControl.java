package io.tillstream.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Switches routes by hand, changes what they are, and reads what was decided. */
public final class RouteControl {
  /** Every route the contract knows: once each has answered, all have. */
  private static final Set<String> ROUTES = Set.of("enrichment", "aggregation");

  /** A file may leave a route out: then the last answer is the one after which none comes. */
  private static final Duration LAST = Duration.ofSeconds(1);

  private final String bootstrap;
  private final Clock clock;

  public RouteControl(String bootstrap, Clock clock) {
    this.bootstrap = bootstrap;
    this.clock = clock;
  }

  /**
   * Sends a command and waits until the orchestrator's decision answers it.
   *
   * @param route {@code enrichment} or {@code aggregation}
   * @param mode {@code auto}, {@code primary}, {@code fallback} or {@code observe}
   * @param by who says so
   * @return the decision
   * @throws StackException if none came within 10 s, or it was refused
   */
  public JsonNode switchTo(String route, String mode, String by) {
    AtomicReference<JsonNode> answer = new AtomicReference<>();
    commands()
        .send(
            modeCommand(route, mode, by),
            "the command for route " + route,
            (decision, bytes) -> {
              if (decision.isObject()) {
                answer.compareAndSet(null, decision);
              }
              return answer.get() != null;
            });
    JsonNode decision = answer.get();
    if (!decision.path("mode").asText().equals(mode)) {
      throw new CommandRefusedException(
          "the orchestrator refused: " + decision.path("reason").asText("no reason given"));
    }
    return decision;
  }

  /** Sends the same command without waiting: the next job to run takes it. */
  public void order(String route, String mode, String by) {
    commands().send(modeCommand(route, mode, by));
  }

  private ObjectNode modeCommand(String route, String mode, String by) {
    ObjectNode command = command("route", by);
    command.put("route", route);
    command.put("mode", mode);
    return command;
  }

  /**
   * Gives the orchestrator other routes and waits for its decisions, one a route.
   *
   * @param yaml the text of a routes file
   * @param by who says so
   * @throws CommandRefusedException naming line and field, if something in it is wrong
   * @throws StackException if nobody answered within 10 s
   */
  public List<JsonNode> apply(String yaml, String by) {
    ObjectNode command = command("routes", by);
    command.put("routes", yaml);
    List<JsonNode> answers = new ArrayList<>();
    Set<String> answered = new HashSet<>();
    Instant[] last = {Instant.MAX};
    commands()
        .send(
            command,
            "the routes",
            (decision, bytes) -> {
              if (decision.isObject() && answered.add(decision.path("route").asText())) {
                answers.add(decision);
                last[0] = clock.instant();
              }
              boolean quiet = clock.instant().minus(LAST).isAfter(last[0]);
              return answered.containsAll(ROUTES) || (quiet && !answers.isEmpty());
            });
    return answers;
  }

  private ObjectNode command(String type, String by) {
    ObjectNode command = Json.MAPPER.createObjectNode();
    command.put("command_id", UUID.randomUUID().toString());
    command.put("type", type);
    command.put("by", by);
    command.put("at", clock.instant().toString());
    return command;
  }

  private Commands commands() {
    return new Commands(bootstrap, Topics.ROUTE_DECISIONS, "the orchestrator");
  }

  /** Every decision so far, oldest first; a crash may have written one twice, it counts once. */
  public List<PastDecision> history() {
    List<JsonNode> all = new ArrayList<>();
    try (TopicReader decisions = new TopicReader(bootstrap)) {
      decisions.readAll(Topics.ROUTE_DECISIONS, record -> all.add(Commands.tree(record)));
    }
    return PastDecision.of(all);
  }
}
