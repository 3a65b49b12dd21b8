package io.tillstream.dashboard.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.dashboard.agents.StatusJson;
import io.tillstream.dashboard.rows.Histories;
import io.tillstream.dashboard.rows.Row;
import io.tillstream.dashboard.rows.Stock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is answered to questions: the JSON API's, and what a client watches. */
public final class Answers {
  private static final List<String> DIMENSIONS =
      List.of(Row.SHOP, Row.CATEGORY, Row.SEGMENT, Row.PRODUCT);

  private static final List<String> SEVERITIES = List.of("info", "warning", "critical");

  private final View view;

  /** Answers from that view. */
  public Answers(View view) {
    this.view = view;
  }

  /** Whether rows have such a dimension. */
  public static boolean isDimension(String text) {
    return DIMENSIONS.contains(text);
  }

  /**
   * Rows, joined over aggregators, the newest window first.
   *
   * @param dimension null for all
   * @param key null for all
   * @param from windows that begin at or after, epoch milliseconds
   * @param to windows that begin before, epoch milliseconds
   * @param limit how many at most
   */
  public String metrics(String dimension, String key, long from, long to, int limit) {
    List<Row> rows = new ArrayList<>();
    for (String one : dimension == null ? DIMENSIONS : List.of(dimension)) {
      rows.addAll(view.of(one).select(key, from, to, limit));
    }
    rows.sort(Comparator.comparingLong(Row::windowStart).reversed()); // stable
    List<Row> first = rows.size() > limit ? rows.subList(0, limit) : rows;
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeFieldName("rows");
          Screen.rows(first, out);
          out.writeEndObject();
        });
  }

  public String trending() {
    ObjectNode newest = view.trending.newest();
    return newest == null ? "{\"window_end\":null,\"items\":[]}" : newest.toString();
  }

  /**
   * The newest alerts.
   *
   * @param onlyOpen without those that are resolved
   */
  public String alerts(boolean onlyOpen, int limit) {
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeFieldName("alerts");
          alerts(
              view.alerts.newest(Alerts.MOST).stream()
                  .filter(alert -> !onlyOpen || alert.open())
                  .limit(limit)
                  .toList(),
              out);
          out.writeEndObject();
        });
  }

  private static void alerts(List<Alerts.Item> alerts, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Alerts.Item alert : alerts) {
      out.writeTree(alert.json());
    }
    out.writeEndArray();
  }

  /**
   * The agents.
   *
   * @param now epoch milliseconds
   */
  public String agents(long now) {
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeFieldName("agents");
          out.writeTree(StatusJson.agents(view.pipeline.agents(now)));
          out.writeEndObject();
        });
  }

  public String routes() {
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeFieldName("routes");
          out.writeTree(StatusJson.routes(view.pipeline.routes()));
          out.writeEndObject();
        });
  }

  public String ledger() {
    return StatusJson.ledger(view.pipeline.ledger()).toString();
  }

  /**
   * Products whose id or title holds the text; those that begin with it first.
   *
   * @param query empty for any
   */
  public String products(String query, int limit) {
    String wanted = query.toLowerCase(Locale.ROOT);
    TreeSet<String> begin = new TreeSet<>();
    TreeSet<String> hold = new TreeSet<>();
    for (String id : view.of(Row.PRODUCT).keys()) {
      sort(id, id, wanted, begin, hold, limit);
    }
    for (Map.Entry<String, Titles.Name> name : view.titles.all().entrySet()) {
      sort(name.getKey(), name.getKey(), wanted, begin, hold, limit);
      sort(name.getKey(), name.getValue().title(), wanted, begin, hold, limit);
    }
    hold.removeAll(begin);
    List<String> found = new ArrayList<>(begin);
    found.addAll(hold);
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("products");
          for (String id : found.subList(0, Math.min(limit, found.size()))) {
            product(id, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void sort(
      String id,
      String text,
      String wanted,
      TreeSet<String> begin,
      TreeSet<String> hold,
      int most) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith(wanted)) {
      add(id, begin, most);
    } else if (lower.contains(wanted)) {
      add(id, hold, most);
    }
  }

  private static void add(String id, TreeSet<String> ids, int most) {
    ids.add(id);
    if (ids.size() > most) {
      ids.pollLast();
    }
  }

  private void product(String id, JsonGenerator out) throws IOException {
    Stock stock = view.stock(id);
    out.writeStartObject();
    out.writeStringField("item_id", id);
    out.writeStringField("title", view.titles.of(id));
    out.writeFieldName("available");
    out.writeObject(stock == null ? null : stock.available());
    out.writeEndObject();
  }

  /**
   * Figures of the moment.
   *
   * @param now epoch milliseconds
   */
  public Vitals vitals(long now) {
    Map<String, Long> open = new TreeMap<>();
    SEVERITIES.forEach(severity -> open.put(severity, 0L));
    for (Alerts.Item alert : view.alerts.newest(Alerts.MOST)) {
      if (alert.open() && !alert.shadow()) {
        // A word that is none of the contract's would be a name without bound.
        open.computeIfPresent(
            alert.json().path("severity").asText(""), (severity, count) -> count + 1);
      }
    }
    Map<String, Integer> rows = new TreeMap<>();
    DIMENSIONS.forEach(dimension -> rows.put(dimension, view.of(dimension).rows()));
    Pipeline pipeline = view.pipeline;
    Pipeline.Flow flow = pipeline.flow(now);
    return new Vitals(
        view.feed,
        pipeline.agents(now),
        pipeline.routes(),
        pipeline.ledger(),
        pipeline.lag(),
        Map.of(
            "in", flow.in(),
            "enriched", flow.enriched(),
            "bypassed", flow.bypassed(),
            "backup", flow.backup()),
        open,
        rows,
        view.newestData == Row.NONE ? null : view.newestData);
  }

  /** A message on one key: its last hour, its stock, its alerts. */
  public String watched(Watched one) {
    Histories its = view.of(one.dimension());
    boolean product = one.dimension().equals(Row.PRODUCT);
    List<Row> rows = its.of(one.key());
    String category =
        rows.stream().map(Row::category).filter(c -> c != null).reduce((a, b) -> b).orElse(null);
    Stock stock = product ? view.stock(one.key()) : null;
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeStringField("type", "view");
          out.writeStringField("dimension", one.dimension());
          out.writeStringField("key", one.key());
          out.writeStringField("title", product ? view.titles.of(one.key()) : null);
          out.writeStringField("category", category);
          out.writeFieldName("rows");
          Screen.rows(rows, out);
          out.writeFieldName("available");
          out.writeObject(stock == null ? null : stock.available());
          out.writeStringField(
              "available_at", stock == null ? null : Instant.ofEpochMilli(stock.at()).toString());
          out.writeFieldName("alerts");
          alerts(
              view.alerts.newest(Alerts.MOST).stream()
                  .filter(alert -> alert.isOf(one.dimension(), one.key()))
                  .toList(),
              out);
          out.writeBooleanField("complete", its.complete(one.key()));
          out.writeEndObject();
        });
  }
}
