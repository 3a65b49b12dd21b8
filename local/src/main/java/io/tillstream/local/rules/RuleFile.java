package io.tillstream.local.rules;

import io.tillstream.local.process.StackException;
import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.alert.RuleJson;
import io.tillstream.routing.alert.RuleReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rules as a person wrote them, checked.
 *
 * @param rules in the order of the file
 */
public record RuleFile(List<Rule> rules) {
  /** Far above any file of rules, and below what a record may hold. */
  private static final long LARGEST = 512 << 10;

  /**
   * Reads a file.
   *
   * @throws StackException in one line that names the file, the rule and the field
   */
  public static RuleFile read(Path file) {
    byte[] json;
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new StackException(file + " must be at most " + LARGEST + " bytes, it has " + size);
      }
      json = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StackException(
          "cannot read "
              + file
              + ": "
              + (Files.exists(file) ? "not a file to read" : "no such file"),
          e);
    }
    return parse(json, file.toString());
  }

  /**
   * Reads the rules of a {@code rules-in-force} record.
   *
   * @throws StackException if it is none
   */
  public static RuleFile ofSaid(String said) {
    try {
      return new RuleFile(RuleReader.readField(said.getBytes(StandardCharsets.UTF_8), "rules"));
    } catch (RuleException e) {
      throw new StackException("the rules in force are not to be read: " + e.getMessage(), e);
    }
  }

  static RuleFile parse(byte[] json, String name) {
    try {
      List<Rule> rules = RuleReader.read(json);
      if (rules.isEmpty()) {
        throw new StackException(name + ": there must be at least one rule in it");
      }
      return new RuleFile(rules);
    } catch (RuleException e) {
      throw new StackException(name + ": " + e.getMessage(), e);
    }
  }

  /** Its rules as a JSON array, with every default in its place. */
  public String json() {
    return new String(RuleJson.array(rules), StandardCharsets.UTF_8);
  }

  /** A line for each rule, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Rule rule : rules) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-26s %-9s %-34s %-44s hold %-7s cooldown %-7s%s%s",
              rule.ruleId(),
              rule.severity().text(),
              rule.dimension() + " " + rule.key() + " " + rule.metric().name(),
              judgement(rule),
              rule.hold(),
              rule.cooldown(),
              rule.shadow() ? " shadow" : "",
              rule.webhook() == null ? "" : " webhook"));
    }
    return lines;
  }

  private static String judgement(Rule rule) {
    String words =
        rule.silence() != null
            ? "silent for " + rule.silence()
            : rule.comparison().text()
                + " "
                + rule.threshold().toPlainString()
                + (rule.usual() == null ? "" : " × usual of " + rule.usual().windows())
                + " clears "
                + rule.clearThreshold().toPlainString();
    return rule.atLeast() == null
        ? words
        : words
            + ", from "
            + rule.atLeast().value().toPlainString()
            + " "
            + rule.atLeast().metric().name();
  }
}
