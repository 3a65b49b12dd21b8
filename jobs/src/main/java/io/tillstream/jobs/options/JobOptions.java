package io.tillstream.jobs.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.alert.RuleReader;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.util.TimeUtils;

/**
 * The options of one submit, from {@code --key value} pairs and, below them, {@code --properties
 * FILE}.
 */
public final class JobOptions {
  private static final String PROPERTIES = "properties";
  private static final String KAFKA = "kafka.";
  private static final String DASHES = "--";

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Map<String, String> values;

  private JobOptions(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the arguments of a submit.
   *
   * @throws OptionException if a key is unknown or has no value, or the file can't be read
   */
  public static JobOptions of(String... args) {
    Map<String, String> given = pairs(args);
    String file = given.remove(PROPERTIES);
    Map<String, String> values = new TreeMap<>();
    if (file != null) {
      values.putAll(read(file));
    }
    values.putAll(given);
    values.keySet().forEach(JobOptions::checkKey);
    return new JobOptions(values);
  }

  // By hand: Flink's tool shows all arguments, passwords included, when one of them is wrong.
  private static Map<String, String> pairs(String[] args) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith(DASHES) || args[i].equals(DASHES)) {
        throw new OptionException(
            "an option such as --key value must stand where " + args[i] + " is");
      }
      if (i + 1 == args.length || args[i + 1].startsWith(DASHES)) {
        throw new OptionException(args[i] + " needs a value");
      }
      pairs.put(args[i].substring(DASHES.length()), args[i + 1]);
    }
    return pairs;
  }

  private static Map<String, String> read(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new OptionException(
          "--" + PROPERTIES + " must be a file that can be read, was " + file);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static void checkKey(String key) {
    if (key.equals(PROPERTIES)) {
      throw new OptionException("--" + PROPERTIES + " is not an option of a file");
    }
    boolean known =
        key.startsWith(KAFKA) || Arrays.stream(Option.values()).anyMatch(o -> o.key().equals(key));
    if (!known) {
      throw new OptionException("--" + key + " is not an option");
    }
  }

  /**
   * The value of {@code option}, or its default.
   *
   * @throws OptionException if it has no default and was not given
   */
  public String text(Option option) {
    String value = values.getOrDefault(option.key(), option.fallback());
    if (value == null) {
      throw new OptionException("--" + option.key() + " is needed: " + option.meaning());
    }
    return value;
  }

  /**
   * A duration such as {@code PT1M}, {@code 90s} or {@code 250 ms}.
   *
   * @throws OptionException if it is none, or not 1 ms to 36,500 days
   */
  public Duration duration(Option option) {
    return duration(option, SHORTEST, LONGEST);
  }

  /**
   * A duration within bounds, both inclusive.
   *
   * @throws OptionException if it is none, or outside the bounds
   */
  public Duration duration(Option option, Duration least, Duration most) {
    String text = text(option);
    Duration duration;
    try {
      duration = text.startsWith("P") ? Duration.parse(text) : TimeUtils.parseDuration(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new OptionException(
          "--" + option.key() + " must be a duration such as PT1M or 90s, was " + text);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new OptionException(
          "--%s must be from %s to %s, was %s"
              .formatted(
                  option.key(),
                  TimeUtils.formatWithHighestUnit(least),
                  TimeUtils.formatWithHighestUnit(most),
                  text));
    }
    return duration;
  }

  /**
   * An instant in ISO-8601.
   *
   * @throws OptionException if it is none
   */
  public Instant instant(Option option) {
    try {
      return Instant.parse(text(option));
    } catch (DateTimeException e) {
      throw new OptionException(
          "--"
              + option.key()
              + " must be an instant such as 2026-01-01T00:00:00Z, was "
              + text(option));
    }
  }

  /**
   * Yes or no.
   *
   * @throws OptionException if it is neither {@code true} nor {@code false}
   */
  public boolean flag(Option option) {
    String text = text(option);
    if (!text.equals("true") && !text.equals("false")) {
      throw new OptionException("--" + option.key() + " must be true or false, was " + text);
    }
    return text.equals("true");
  }

  /**
   * The parallelism asked for, or 0 for the cluster's default.
   *
   * @throws OptionException if it is not a number from 1 to {@code most}
   */
  public int parallelism(int most) {
    String text = text(Option.PARALLELISM);
    if (text.isEmpty()) {
      return 0;
    }
    int parallelism = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (parallelism < 1 || parallelism > most) {
      throw new OptionException("--parallelism must be from 1 to " + most + ", was " + text);
    }
    return parallelism;
  }

  /**
   * Every {@code kafka.*} option without the prefix: any setting of the Kafka clients passes
   * through.
   */
  public Properties kafka() {
    Properties properties = new Properties();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA)) {
            properties.setProperty(key.substring(KAFKA.length()), value);
          }
        });
    properties.setProperty("bootstrap.servers", text(Option.BOOTSTRAP));
    return properties;
  }

  /**
   * The routes of the file that the options name, or the standard ones.
   *
   * @throws OptionException if it can't be read, or naming its line, its field and what must stand
   *     there
   */
  public RoutePlan plan() {
    String file = text(Option.ROUTES);
    if (file.isEmpty()) {
      return RoutePlan.standard();
    }
    try {
      return RoutePlan.parse(Files.readString(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw new OptionException(
          "--" + Option.ROUTES.key() + " must be a file that can be read, was " + file);
    } catch (PlanException e) {
      throw new OptionException("routes: " + file + ": " + e.getMessage());
    }
  }

  /**
   * The alert rules of the file that the options name, as JSON; empty if they name none.
   *
   * @throws OptionException if it can't be read, or naming the rule, its field and what must stand
   *     there
   */
  public String alertRules() {
    String file = text(Option.ALERT_RULES);
    if (file.isEmpty()) {
      return "";
    }
    try {
      String rules = Files.readString(Path.of(file));
      var unused = RuleBook.BUILT_IN.apply(RuleReader.read(rules.getBytes(UTF_8)));
      return rules;
    } catch (IOException | InvalidPathException e) {
      throw new OptionException(
          "--" + Option.ALERT_RULES.key() + " must be a file that can be read, was " + file);
    } catch (RuleException e) {
      throw new OptionException("alert rules: " + file + ": " + e.getMessage());
    }
  }

  /** A topic's full name. */
  public String topic(String name) {
    return text(Option.TOPICS_PREFIX) + name;
  }
}
