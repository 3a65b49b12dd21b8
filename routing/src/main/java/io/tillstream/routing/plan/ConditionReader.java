package io.tillstream.routing.plan;

import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.Condition.Comparison;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Reads {@code state is failed} and {@code redis_probe_ms > 100 clears 50 for PT1S}. A refusal says
 * what must stand there instead; the caller knows the line.
 */
final class ConditionReader {
  private static final Pattern FIGURE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
  // Not what Double.parseDouble takes as well: "NaN", "0x1p3", "1d".
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);
  private static final String SHAPE =
      "must be \"state is failed\", \"state is stale\" or like"
          + " \"error_rate > 0.5 clears 0.2 for PT1S\", not ";

  private final String text;
  private final Deque<String> words;

  private ConditionReader(String text) {
    this.text = text;
    this.words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+")));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message begins with "must"
   */
  static Condition read(String text) {
    return new ConditionReader(text).condition();
  }

  private Condition condition() {
    String figure = next();
    String middle = next();
    String bound = next();
    if (figure.equals("state") && middle.equals("is")) {
      AgentState state =
          switch (bound) {
            case "failed" -> AgentState.FAILED;
            case "stale" -> AgentState.STALE;
            default -> throw refused();
          };
      return end(new Condition.StateIs(state, hold()));
    }
    Comparison comparison = Comparison.ofSign(middle);
    if (comparison == null || !FIGURE.matcher(figure).matches()) {
      throw refused();
    }
    double threshold = number(bound);
    double clears = threshold;
    if ("clears".equals(words.peek())) {
      words.remove();
      clears = number(next());
      if (comparison.isUpward() ? clears > threshold : clears < threshold) {
        throw new IllegalArgumentException(
            "must clear at or "
                + (comparison.isUpward() ? "below" : "above")
                + " its threshold, not "
                + quoted());
      }
    }
    return end(new Condition.Beyond(figure, comparison, threshold, clears, hold()));
  }

  private Duration hold() {
    if (!"for".equals(words.peek())) {
      return Duration.ZERO;
    }
    words.remove();
    Duration hold = Durations.parse(next());
    if (hold == null || hold.isNegative() || hold.compareTo(LONGEST_HOLD) > 0) {
      throw new IllegalArgumentException(
          "must hold for a duration of PT0S.." + LONGEST_HOLD + ", not " + quoted());
    }
    return hold;
  }

  private Condition end(Condition condition) {
    if (!words.isEmpty()) {
      throw refused();
    }
    return condition;
  }

  private String next() {
    if (words.isEmpty()) {
      throw refused();
    }
    return words.remove();
  }

  private double number(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw refused();
    }
    return Double.parseDouble(word);
  }

  private IllegalArgumentException refused() {
    return new IllegalArgumentException(SHAPE + quoted());
  }

  private String quoted() {
    return Lines.quoted(text);
  }
}
