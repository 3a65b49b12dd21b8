package io.tillstream.routing.alert;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * One alert rule; made by {@link RuleReader}, which checks the bounds.
 *
 * @param ruleId 1..64 characters of {@code A-Za-z0-9._-}
 * @param description for people, up to 512 characters, may be empty
 * @param dimension product, category, segment or shop
 * @param key {@link #EVERY_KEY} or exactly one
 * @param metric what is judged
 * @param comparison on which side of the threshold it fires
 * @param threshold exact; with {@code usual} a multiple of what is usual
 * @param clearThreshold where an open episode ends: the threshold, or beyond it on the calm side
 * @param hold how long the condition holds without interruption before an alert is raised, 0..1 h
 * @param cooldown how long after an alert was raised no other episode begins, and the shortest time
 *     from one word of an episode to its next update, 0..24 h
 * @param shadow whether it runs without sending anything
 * @param webhook an http(s) address, or null
 * @param usual compare with what is usual, or null
 * @param atLeast judge only windows with that much, or null
 * @param silence fires when the metric has not grown for so long, or null
 */
public record Rule(
    String ruleId,
    String description,
    String dimension,
    String key,
    Metric metric,
    Comparison comparison,
    BigDecimal threshold,
    BigDecimal clearThreshold,
    Duration hold,
    Duration cooldown,
    Severity severity,
    boolean shadow,
    String webhook,
    Usual usual,
    AtLeast atLeast,
    Duration silence) {
  /** The key of rules for every key. */
  public static final String EVERY_KEY = "*";

  static final String PRODUCT = "product";
  static final String SHOP = "shop";
}
