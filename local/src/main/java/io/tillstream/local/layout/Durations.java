package io.tillstream.local.layout;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: ISO-8601 ({@code PT1M}) or {@code 500ms}, {@code 10s}, {@code
 * 1m}.
 */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|min|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @return a duration above zero
   * @throws IllegalArgumentException saying what is allowed
   */
  public static Duration parse(String text) {
    Duration duration = parseAny(text.strip().toLowerCase(Locale.ROOT));
    if (duration == null || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration above zero: write PT1M, 1m, 10s or 500ms");
    }
    return duration;
  }

  private static Duration parseAny(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "h" -> Duration.ofHours(amount);
        case "d" -> Duration.ofDays(amount);
        default -> Duration.ofMinutes(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
