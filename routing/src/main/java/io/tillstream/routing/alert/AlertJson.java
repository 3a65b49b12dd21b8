package io.tillstream.routing.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.json.JsonTimes;
import java.io.IOException;
import java.math.BigDecimal;

/** The JSON of an {@link Alert}, as it stands in {@code shop-alerts} and in a webhook's body. */
public final class AlertJson {

  private AlertJson() {}

  /** One object in UTF-8. The same alert is always the same bytes. */
  public static byte[] write(Alert alert) {
    return JsonRecord.write(
        out -> {
          out.writeStringField("alert_id", alert.alertId());
          out.writeStringField("rule_id", alert.ruleId());
          out.writeStringField("status", alert.status().text());
          out.writeStringField("dimension", alert.dimension());
          out.writeStringField("key", alert.key());
          out.writeStringField("metric", alert.metric());
          number("value", alert.value(), out);
          number("threshold", alert.threshold(), out);
          out.writeStringField("severity", alert.severity().text());
          out.writeStringField("raised_at", JsonTimes.text(alert.raisedAt()));
          out.writeStringField("updated_at", JsonTimes.text(alert.updatedAt()));
          Long resolvedAt = alert.resolvedAt();
          out.writeStringField(
              "resolved_at", resolvedAt == null ? null : JsonTimes.text(resolvedAt));
          out.writeStringField("reason", alert.reason());
          out.writeBooleanField("shadow", alert.shadow());
          out.writeNumberField("sequence", alert.sequence());
          out.writeNumberField("rules_version", alert.rulesVersion());
        });
  }

  private static void number(String name, BigDecimal value, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    if (value == null) {
      out.writeNull();
    } else {
      out.writeNumber(Decimals.text(value));
    }
  }

  /**
   * Reads what {@link #write} wrote; {@code webhook} is null.
   *
   * @throws JsonRecordException naming the field, if it is no alert
   */
  public static Alert read(byte[] value) throws JsonRecordException {
    JsonRecord json = JsonRecord.read(value);
    return new Alert(
        json.text("alert_id"),
        json.text("rule_id"),
        status(json.text("status")),
        json.text("dimension"),
        json.text("key"),
        json.text("metric"),
        json.decimalOrNull("value"),
        json.decimalOrNull("threshold"),
        severity(json.text("severity")),
        json.time("raised_at"),
        json.time("updated_at"),
        json.has("resolved_at") ? (Long) json.time("resolved_at") : null,
        json.text("reason"),
        json.flag("shadow"),
        json.integer("sequence"),
        null,
        json.integer("rules_version"));
  }

  private static Status status(String text) throws JsonRecordException {
    Status status = Status.ofText(text);
    if (status == null) {
      throw JsonRecordException.outOfRange(
          "status", "must be one of raised, updated, resolved", text);
    }
    return status;
  }

  private static Severity severity(String text) throws JsonRecordException {
    Severity severity = Severity.ofText(text);
    if (severity == null) {
      throw JsonRecordException.outOfRange(
          "severity", "must be one of info, warning, critical", text);
    }
    return severity;
  }
}
