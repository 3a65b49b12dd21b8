package io.tillstream.routing.simulation;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The orchestrator in random worlds; what must always hold stands in {@link Witness}. A failure
 * prints the weather, shrunk, and the seed: {@code @Property(seed = "…")} runs it again.
 */
class SimulationTest {
  private static final long HOUR_MS = 3_600_000;

  @Property(tries = 250)
  void inAnyWorldItKeepsItsWord(@ForAll("weathers") Weather weather) {
    new World(weather).run(2 * HOUR_MS);
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
                    seed, a.get(0), a.get(1), a.get(2), a.get(3), a.get(4), b.get(0), b.get(1),
                    b.get(2), b.get(3), b.get(4)));
  }
}
