package io.tillstream.routing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The orchestrator in random worlds; what must always hold stands in {@link Witness}. A failure
 * prints the weather, shrunk, and the seed: {@code @Property(seed = "…")} runs it again.
 */
class SimulationTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long HOURS_EACH = Long.getLong("tillstream.simulation.hours", 2);

  private static final long ELSEWHERE = Long.getLong("tillstream.simulation.seed", 1);

  /**
   * 600 hours in the same worlds at every build; {@code -Dtillstream.simulation.hours=20} makes it
   * 6,000, {@code -Dtillstream.simulation.seed=N} takes other worlds. In one of some thousand hours
   * a late report of an ended life still costs a needless switch.
   */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, seed = "20261124")
  void inAnyWorldItKeepsItsWord(@ForAll("weathers") Weather weather) {
    new World(weather).run(HOURS_EACH * HOUR_MS);
  }

  /** A simulation in which nothing happens proves nothing. */
  @Example
  void theWorstWeatherBringsAboutEverything() {
    World world = new World(new Weather(1, 10, 5, 5, 5, 5, 5, 5, 5, 5, 5));
    world.run(12 * HOUR_MS);
    assertThat(world.happened().keySet())
        .contains(
            "left: failed",
            "left: silent",
            "left: stale",
            "left: error_rate",
            "left: redis_probe_ms",
            "tried",
            "a try failed",
            "returned after a try",
            "returned without a try",
            "returned from an ill fallback",
            "held",
            "heard again",
            "told",
            "observed",
            "other routes");
    assertThat(world.happened().get("tried")).isGreaterThan(50);
  }

  @Provide
  Arbitrary<Weather> weathers() {
    Arbitrary<Integer> much = Arbitraries.integers().between(0, 10);
    return Combinators.combine(
            Arbitraries.longs(),
            Combinators.combine(much, much, much, much, much).as(java.util.List::of),
            Combinators.combine(much, much, much, much, much).as(java.util.List::of))
        .as(
            (seed, a, b) ->
                new Weather(
                    seed ^ ELSEWHERE,
                    a.get(0),
                    a.get(1),
                    a.get(2),
                    a.get(3),
                    a.get(4),
                    b.get(0),
                    b.get(1),
                    b.get(2),
                    b.get(3),
                    b.get(4)));
  }
}
