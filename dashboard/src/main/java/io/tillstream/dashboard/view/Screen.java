package io.tillstream.dashboard.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tillstream.dashboard.agents.StatusJson;
import io.tillstream.dashboard.rows.Row;
import io.tillstream.dashboard.rows.RowJson;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The overview as messages: all of it, or what changed since a number. {@link #refresh} takes what
 * the view knows now; messages are made of what was taken last. One thread at a time, as the view.
 */
public final class Screen {
  private static final int MOST_KEYS = 300;
  private static final int MOST_LOW = 50;
  private static final int MOST_ALERTS = 200;
  private static final String NULL = "null";

  private static final class Shown {
    private String text = NULL;
    private long number;
    private long madeAt = Long.MIN_VALUE / 2;
  }

  private final View view;
  private final Map<Part, Shown> parts = new EnumMap<>(Part.class);
  private long number;
  private long alertsNumber;
  private long viewSeen = -1;
  private long refreshedAt;

  /** Shows what that view knows. */
  public Screen(View view) {
    this.view = view;
    for (Part part : Part.values()) {
      parts.put(part, new Shown());
    }
  }

  /** The number of what is shown now. */
  public long number() {
    return number;
  }

  /**
   * Takes what is new.
   *
   * @param now epoch milliseconds
   * @return whether there is anything new to show
   */
  public boolean refresh(long now) {
    refreshedAt = now;
    long next = number + 1;
    boolean changed = false;
    if (view.changes() != viewSeen && view.shop.dirty()) {
      view.shop.render(next);
      changed = true;
    }
    for (Map.Entry<Part, Shown> entry : parts.entrySet()) {
      Shown shown = entry.getValue();
      if (now - shown.madeAt >= entry.getKey().millis() || shown.madeAt > now) {
        shown.madeAt = now;
        String text = text(entry.getKey(), now);
        if (!text.equals(shown.text)) {
          shown.text = text;
          shown.number = next;
          changed = true;
        }
      }
    }
    if (view.alerts.untold()) {
      view.alerts.number(next);
      alertsNumber = next;
      changed = true;
    }
    viewSeen = view.changes();
    if (changed) {
      number = next;
    }
    return changed;
  }

  private String text(Part part, long now) {
    return JsonText.of(out -> write(part, now, out));
  }

  private void write(Part part, long now, JsonGenerator out) throws IOException {
    Pipeline pipeline = view.pipeline;
    switch (part) {
      case CATEGORIES -> rows(view.of(Row.CATEGORY).newest(MOST_KEYS), out);
      case SEGMENTS -> rows(view.of(Row.SEGMENT).newest(MOST_KEYS), out);
      case TRENDING -> out.writeObject(view.trending.newest());
      case LOW_STOCK -> lowStock(out);
      case AGENTS -> out.writeTree(StatusJson.agents(pipeline.agents(now)));
      case ROUTES -> out.writeTree(StatusJson.routes(pipeline.routes()));
      case LEDGER -> out.writeTree(StatusJson.ledger(pipeline.ledger()));
      case LAG -> {
        out.writeStartObject();
        out.writeNumberField("records", pipeline.lag());
        out.writeEndObject();
      }
      case RATES -> rates(pipeline.flow(now), out);
      case CHECKPOINTS ->
          out.writeObject(
              pipeline.checkpoints() == null
                  ? null
                  : StatusJson.checkpoints(pipeline.checkpoints()));
      case JOB -> out.writeObject(pipeline.job() == null ? null : StatusJson.job(pipeline.job()));
      case HEALTH -> health(now, out);
    }
  }

  static void rows(List<Row> rows, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Row row : rows) {
      RowJson.write(row, out);
    }
    out.writeEndArray();
  }

  private void lowStock(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (LowStock.Item item : view.lowStock.lowest(MOST_LOW)) {
      out.writeStartObject();
      out.writeStringField("item_id", item.itemId());
      out.writeStringField("title", view.titles.of(item.itemId()));
      out.writeNumberField("available", item.stock().available());
      out.writeStringField("available_at", Instant.ofEpochMilli(item.stock().at()).toString());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void rates(Pipeline.Flow flow, JsonGenerator out) throws IOException {
    out.writeStartObject();
    rate("in", flow.in(), out);
    rate("enriched", flow.enriched(), out);
    rate("bypassed", flow.bypassed(), out);
    rate("backup", flow.backup(), out);
    out.writeEndObject();
  }

  // To a tenth: a whole number of events seldom passes in a second.
  private static void rate(String name, double perSecond, JsonGenerator out) throws IOException {
    out.writeNumberField(name, Math.round(perSecond * 10) / 10.0);
  }

  private void health(long now, JsonGenerator out) throws IOException {
    Feed feed = view.feed;
    out.writeStartObject();
    out.writeBooleanField("connected", feed.connected());
    out.writeBooleanField("caught_up", feed.caughtUp());
    out.writeBooleanField("behind", feed.behind());
    out.writeNumberField("lag_records", feed.lagRecords());
    out.writeFieldName("data_age_ms");
    if (view.newestData == Row.NONE) {
      out.writeNull();
    } else {
      out.writeNumber(Math.max(0, now - view.newestData));
    }
    out.writeEndObject();
  }

  /**
   * What changed since a number, or everything.
   *
   * @param since what was shown before, {@link View#NOTHING} for a snapshot
   */
  public String message(long since) {
    boolean all = since == View.NOTHING;
    StringBuilder out = new StringBuilder(all ? 65_536 : 4_096);
    out.append("{\"type\":\"").append(all ? "snapshot" : "changes");
    out.append("\",\"seq\":").append(number);
    out.append(",\"server_now\":\"").append(Instant.ofEpochMilli(refreshedAt)).append('"');
    if (all || view.shop.changedSince(since)) {
      if (view.windowMillis() > 0) {
        out.append(",\"window_ms\":").append(view.windowMillis());
      }
      out.append(",\"shop\":");
      view.shop.write(since, out);
    }
    if (all || alertsNumber > since) {
      out.append(",\"alerts\":");
      view.alerts.write(since, MOST_ALERTS, out);
    }
    for (Map.Entry<Part, Shown> part : parts.entrySet()) {
      if (all || part.getValue().number > since) {
        out.append(",\"").append(part.getKey().text()).append("\":");
        out.append(part.getValue().text);
      }
    }
    return out.append('}').toString();
  }
}
