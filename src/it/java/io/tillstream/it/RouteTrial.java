package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.OracleOptions;
import io.tillstream.it.oracle.OracleReport;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault under live traffic: how soon a route leaves its primary, how soon it is back, and that no
 * number suffers.
 */
final class RouteTrial {
  /** What the figures to reach are measured at. */
  static final int RATE = 4_000;

  static final Duration WINDOW = Duration.ofSeconds(20);

  private static final Duration BEFORE = Duration.ofSeconds(4);

  /** Far more than any bound: so that what was measured can be told before it is judged. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration TRAFFIC = Duration.ofMinutes(5);

  /** So many changes of an agent's state are told. */
  private static final int LAST = 8;

  private static final Duration DRAINED = Duration.ofMinutes(2);

  /** How the fault is made, and how it is taken back; both return when that is so. */
  record Fault(String name, Duration length, Runnable begin, Runnable end) {}

  /**
   * What was measured.
   *
   * @param away seconds from the fault to the decision that left the primary
   * @param back seconds from the fault's end to the decision that took it again
   * @param switches decisions that lead elsewhere than before, there and back and all between
   * @param log all decisions since the fault, in words
   */
  record Measured(double away, double back, int switches, List<String> log) {
    /** Where no switch is measured. */
    static final Measured NOTHING = new Measured(0, 0, 0, List.of());
  }

  /** Every trial of a build brings visits that no other brought. */
  private static final AtomicLong SEED = new AtomicLong(100);

  private final Shop shop;
  private final String route;

  RouteTrial(Shop shop, String route) {
    this.shop = shop;
    this.route = route;
  }

  /** The shop of every trial; visits differ with the seed. */
  static TrafficOptions traffic(long seed) {
    return new TrafficOptions(seed, RATE, 5_000, 20_000, 0.02, 0.005);
  }

  /** Visitors like all others, who come until they are stopped. */
  LiveVisits visitors() {
    return LiveVisits.begin(shop, traffic(SEED.incrementAndGet()), TRAFFIC);
  }

  /** The fault, under traffic; every number is exact afterwards. */
  Measured run(Fault fault) throws Exception {
    awaitPrimary();
    Measured measured;
    try (LiveVisits visits = visitors()) {
      visits.pass(BEFORE);
      measured = measure(fault);
      visits.stop();
    }
    settle(fault.name(), measured);
    return measured;
  }

  /** The fault alone. */
  Measured measure(Fault fault) {
    awaitPrimary(); // a busy machine alone may have moved it
    Instant broken = Instant.now();
    fault.begin().run();
    JsonNode away;
    Instant mended;
    try {
      away = Decisions.awaitSwitch(shop, route, "fallback", broken, PATIENCE);
      Await.until(broken.plus(fault.length()));
    } finally {
      fault.end().run();
      mended = Instant.now();
    }
    Decisions.awaitActive(shop, route, "primary", PATIENCE);
    return measured(broken, away, mended);
  }

  /** What the decisions since then amount to, the last of them being the way back. */
  Measured measured(Instant broken, JsonNode away, Instant mended) {
    Decisions switches = Decisions.of(shop, route).since(broken).switches();
    JsonNode back = switches.all().get(switches.count() - 1);
    return new Measured(
        Decisions.seconds(broken, away),
        Decisions.seconds(mended, back),
        switches.count(),
        log(broken));
  }

  private List<String> log(Instant broken) {
    List<String> log = new ArrayList<>(Decisions.of(shop, route).since(broken).words(broken));
    // The route is named after its primary.
    List<String> changes = AgentReports.changes(shop, route, broken);
    log.addAll(changes.subList(Math.max(0, changes.size() - LAST), changes.size()));
    return log;
  }

  void awaitPrimary() {
    Decisions.awaitActive(shop, route, "primary", PATIENCE);
  }

  /** Drained, repaired, nothing lost, no row that differs; tells what was measured. */
  void settle(String name, Measured measured) {
    Status drained = shop.awaitDrained(DRAINED);
    OracleReport report = shop.judge(OracleOptions.defaults().withWindow(WINDOW));
    Figures.say(
        "route %s: %s: left after %.1f s, back %.1f s after its end, %d switches, degraded left %d;"
            + " %s",
        route,
        name,
        measured.away(),
        measured.back(),
        measured.switches(),
        drained.degradedOpen(),
        report.toString().strip());
    measured.log().forEach(line -> Figures.say("  %s", line));
    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(drained.degradedOpen()).isZero();
    assertThat(report.count("late")).isZero();
    assertThat(drained.balanced()).isTrue();
  }
}
