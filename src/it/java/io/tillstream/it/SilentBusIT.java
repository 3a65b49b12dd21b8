package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.RouteTrial.Measured;
import io.tillstream.local.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topic by which the agents report loses its leader: nobody knows anything, so nobody acts. */
class SilentBusIT {
  /** The one whose conditions a busy machine does not meet by itself. */
  private static final String ROUTE = "aggregation";

  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension static final Shop SHOP = Shop.with(usual -> usual.window(RouteTrial.WINDOW));

  private final RouteTrial trial = new RouteTrial(SHOP, ROUTE);

  @Test
  void routesAreHeldAndTheLogSaysWhy() throws Exception {
    SHOP.loadCatalog(RouteTrial.traffic(0));
    try (SecondBroker broker = new SecondBroker(SHOP);
        LiveVisits visits = trial.visitors()) {
      broker.take(Topics.AGENT_STATUS);
      visits.pass(Duration.ofSeconds(5));
      assertThat(SHOP.status().in()).as("reports are read from there").isPositive();

      Instant silent = Instant.now();
      broker.kill();
      JsonNode held =
          Await.value(
                  "the orchestrator says that it hears nobody",
                  SILENCE,
                  () -> Decisions.of(SHOP, ROUTE).since(silent),
                  said -> said.count() > 0)
              .all()
              .get(0);
      Await.until(silent.plus(SILENCE));
      Decisions meanwhile = Decisions.of(SHOP, ROUTE).since(silent);
      broker.start();
      Instant heard = Instant.now();
      JsonNode again =
          Await.value(
                  "the orchestrator says that it hears again",
                  SOON,
                  () -> Decisions.of(SHOP, ROUTE).since(heard.minusSeconds(1)),
                  said -> said.count() > 0)
              .all()
              .get(0);
      visits.pass(Duration.ofSeconds(3));
      visits.stop();
      broker.giveBack(Topics.AGENT_STATUS);

      Figures.say(
          "route %s: agent-status without a leader, %d s: said after %.1f s (%s), again %.1f s after"
              + " (%s)",
          ROUTE,
          SILENCE.toSeconds(),
          Decisions.seconds(silent, held),
          held.path("reason").asText(),
          Decisions.seconds(heard, again),
          again.path("reason").asText());
      assertThat(meanwhile.switches().all()).as("nobody acts").isEmpty();
      assertThat(held.path("reason").asText()).containsIgnoringCase("bus");
      assertThat(Decisions.of(SHOP, ROUTE).since(silent).switches().all()).isEmpty();
    }
    trial.settle("agent-status unreadable for 20 s", Measured.NOTHING);
    assertThat(SHOP.status().restarts()).isZero();
  }
}
