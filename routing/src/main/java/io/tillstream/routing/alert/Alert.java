package io.tillstream.routing.alert;

import java.math.BigDecimal;

/**
 * One word of an alert episode.
 *
 * @param alertId names the episode; the same after a replay
 * @param value what was judged, null if it is not known
 * @param threshold of the rule as it was then
 * @param raisedAt epoch milliseconds of processing time
 * @param updatedAt when this was said
 * @param resolvedAt null until it is resolved
 * @param reason in words a person understands
 * @param shadow published, and never sent
 * @param sequence within the episode, from 1
 * @param webhook where to send it, or null; not part of its JSON, since addresses may be secret
 * @param rulesVersion the version of the book it was said under
 */
public record Alert(
    String alertId,
    String ruleId,
    Status status,
    String dimension,
    String key,
    String metric,
    BigDecimal value,
    BigDecimal threshold,
    Severity severity,
    long raisedAt,
    long updatedAt,
    Long resolvedAt,
    String reason,
    boolean shadow,
    long sequence,
    String webhook,
    long rulesVersion) {

  /** What a webhook's receiver tells repeats by: {@code alert_id.sequence}. */
  public String webhookId() {
    return alertId + "." + sequence;
  }

  /** The same with another address. */
  public Alert withWebhook(String address) {
    return new Alert(
        alertId,
        ruleId,
        status,
        dimension,
        key,
        metric,
        value,
        threshold,
        severity,
        raisedAt,
        updatedAt,
        resolvedAt,
        reason,
        shadow,
        sequence,
        address,
        rulesVersion);
  }
}
