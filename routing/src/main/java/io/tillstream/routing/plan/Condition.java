package io.tillstream.routing.plan;

import io.tillstream.routing.agent.AgentState;
import java.time.Duration;

/** A reason to leave an agent, as one line of {@code leave_when} says it. */
public sealed interface Condition {

  /** How long it has to hold before it counts; zero for at once. */
  Duration hold();

  /**
   * The agent is in a state.
   *
   * @param state failed or stale
   */
  record StateIs(AgentState state, Duration hold) implements Condition {}

  /**
   * A figure is beyond a bound in the worst part of the agent.
   *
   * @param figure {@code error_rate} or the name of an indicator
   * @param comparison on which side of {@code threshold} it is bad
   * @param clears where it is good again, between {@code threshold} and the good side; the
   *     threshold itself if nothing else is said
   */
  record Beyond(
      String figure, Comparison comparison, double threshold, double clears, Duration hold)
      implements Condition {

    /**
     * Whether it holds for a value.
     *
     * @param before whether it held for the value before: then it holds until the value clears
     */
    public boolean holds(double value, boolean before) {
      return comparison.test(value, threshold) || (before && !comparison.isClear(value, clears));
    }
  }

  /** The sides of a bound. */
  enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As a plan writes it. */
    public String sign() {
      return sign;
    }

    /** Whether large values are the bad ones. */
    public boolean isUpward() {
      return this == ABOVE || this == AT_LEAST;
    }

    /** The comparison of a sign, or null. */
    static Comparison ofSign(String sign) {
      for (Comparison comparison : values()) {
        if (comparison.sign.equals(sign)) {
          return comparison;
        }
      }
      return null;
    }

    boolean test(double value, double bound) {
      return switch (this) {
        case ABOVE -> value > bound;
        case AT_LEAST -> value >= bound;
        case BELOW -> value < bound;
        case AT_MOST -> value <= bound;
      };
    }

    boolean isClear(double value, double clears) {
      return isUpward() ? value <= clears : value >= clears;
    }
  }
}
