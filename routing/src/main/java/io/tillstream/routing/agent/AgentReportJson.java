package io.tillstream.routing.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.json.JsonTimes;
import java.io.IOException;
import java.util.Map;

/** The JSON of an {@link AgentReport}, as it stands in {@code agent-status}. */
public final class AgentReportJson {
  private static final String TYPE = "agent-report";
  private static final int VERSION = 1;

  private AgentReportJson() {}

  /** One object in UTF-8. Figures that are no numbers are left out: JSON has no word for them. */
  public static byte[] write(AgentReport report) {
    return JsonRecord.write(
        out -> {
          out.writeStringField("type", TYPE);
          out.writeNumberField("v", VERSION);
          out.writeStringField("agent", report.agent());
          out.writeStringField("part", report.part());
          out.writeNumberField("subtask", report.subtask());
          out.writeNumberField("parallelism", report.parallelism());
          out.writeNumberField("incarnation", report.incarnation());
          out.writeNumberField("sequence", report.sequence());
          out.writeStringField("state", report.state().text());
          out.writeStringField("since", JsonTimes.text(report.since()));
          out.writeStringField("at", JsonTimes.text(report.at()));
          if (report.note() != null) {
            out.writeStringField("note", report.note());
          }
          out.writeNumberField(
              "error_rate", Double.isFinite(report.errorRate()) ? report.errorRate() : 0.0);
          out.writeNumberField("epoch", report.epoch());
          writeCounts(report, out);
          writeIndicators(report, out);
        });
  }

  private static void writeCounts(AgentReport report, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("counts");
    for (Map.Entry<String, Long> count : report.counts().entrySet()) {
      out.writeNumberField(count.getKey(), count.getValue());
    }
    out.writeEndObject();
  }

  private static void writeIndicators(AgentReport report, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("indicators");
    for (Map.Entry<String, Double> indicator : report.indicators().entrySet()) {
      if (Double.isFinite(indicator.getValue())) {
        out.writeNumberField(indicator.getKey(), indicator.getValue());
      }
    }
    out.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonRecordException if it is no report
   */
  public static AgentReport read(byte[] value) throws JsonRecordException {
    JsonRecord json = JsonRecord.read(value);
    String type = json.text("type");
    if (!type.equals(TYPE)) {
      throw JsonRecordException.outOfRange("type", "must be " + TYPE, type);
    }
    long version = json.integer("v");
    if (version < 1 || version > VERSION) {
      throw JsonRecordException.outOfRange(
          "v", "must be from 1 to " + VERSION, String.valueOf(version));
    }
    return new AgentReport(
        json.text("agent"),
        json.text("part"),
        small("subtask", json.integer("subtask")),
        small("parallelism", json.integer("parallelism")),
        json.integer("incarnation"),
        json.integer("sequence"),
        state(json.text("state")),
        json.time("since"),
        json.time("at"),
        json.textOrNull("note"),
        json.number("error_rate"),
        json.integer("epoch"),
        json.integers("counts"),
        json.numbers("indicators"));
  }

  private static int small(String field, long value) throws JsonRecordException {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw JsonRecordException.outOfRange(
          field, "must be from 0 to " + Integer.MAX_VALUE, String.valueOf(value));
    }
    return (int) value;
  }

  private static AgentState state(String text) throws JsonRecordException {
    for (AgentState state : AgentState.values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    throw JsonRecordException.outOfRange(
        "state", "must be one of running, completed, failed, stale", text);
  }
}
