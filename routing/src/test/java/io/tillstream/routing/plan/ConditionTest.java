package io.tillstream.routing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.Condition.Beyond;
import io.tillstream.routing.plan.Condition.Comparison;
import io.tillstream.routing.plan.Condition.StateIs;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @Test
  void readsStates() {
    assertThat(ConditionReader.read("state is failed"))
        .isEqualTo(new StateIs(AgentState.FAILED, Duration.ZERO));
    assertThat(ConditionReader.read("  state  is stale for PT1M "))
        .isEqualTo(new StateIs(AgentState.STALE, Duration.ofMinutes(1)));
  }

  @Test
  void readsFigures() {
    assertThat(ConditionReader.read("redis_pool_waiting > 8 for PT2S"))
        .isEqualTo(new Beyond("redis_pool_waiting", Comparison.ABOVE, 8, 8, Duration.ofSeconds(2)));
    assertThat(ConditionReader.read("error_rate >= 0.5 clears 0.25"))
        .isEqualTo(new Beyond("error_rate", Comparison.AT_LEAST, 0.5, 0.25, Duration.ZERO));
    assertThat(ConditionReader.read("cache_hit_ratio < 0.1 clears 0.3 for PT0.5S"))
        .isEqualTo(
            new Beyond("cache_hit_ratio", Comparison.BELOW, 0.1, 0.3, Duration.ofMillis(500)));
    assertThat(ConditionReader.read("drift <= -2"))
        .isEqualTo(new Beyond("drift", Comparison.AT_MOST, -2, -2, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "state",
        "state is",
        "state is running",
        "state is failed now",
        "state = failed",
        "error_rate",
        "error_rate >",
        "error_rate > x",
        "error_rate > NaN",
        "error_rate > 1d",
        "error_rate > 0x1p3",
        "error_rate => 1",
        "error_rate>1",
        "error_rate > 1 clears",
        "error_rate > 1 clears 2",
        "error_rate < 1 clears 0.5",
        "error_rate > 1 for",
        "error_rate > 1 for 2",
        "error_rate > 1 for -PT1S",
        "error_rate > 1 for PT1S clears 0.5",
        "error_rate > 1 for PT1S for PT1S",
        "7up > 1",
      })
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> ConditionReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must ")
        .hasMessageContaining("not \"");
  }

  @Test
  void holdsUntilItIsClear() {
    Beyond high = (Beyond) ConditionReader.read("f > 100 clears 50");
    assertThat(high.holds(100, false)).isFalse();
    assertThat(high.holds(100.1, false)).isTrue();
    assertThat(high.holds(50.1, false)).isFalse();
    assertThat(high.holds(50.1, true)).isTrue();
    assertThat(high.holds(50, true)).isFalse();
    Beyond low = (Beyond) ConditionReader.read("f <= 1 clears 2");
    assertThat(low.holds(1, false)).isTrue();
    assertThat(low.holds(1.5, false)).isFalse();
    assertThat(low.holds(1.5, true)).isTrue();
    assertThat(low.holds(2, true)).isFalse();
    Beyond plain = (Beyond) ConditionReader.read("f >= 7");
    assertThat(plain.holds(7, true)).isTrue();
    assertThat(plain.holds(6.9, true)).isFalse();
    Beyond less = (Beyond) ConditionReader.read("f < 7");
    assertThat(less.holds(6.9, false)).isTrue();
    assertThat(less.holds(7, true)).isFalse();
  }
}
