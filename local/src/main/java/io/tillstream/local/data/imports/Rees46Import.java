package io.tillstream.local.data.imports;

import io.tillstream.local.data.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * REES46's shop data sets: one event a line, a purchase being an order of one product. Lines with a
 * negative price (there are some in the cosmetics shop) are left out. The data tells nothing of
 * shoppers but their number, so the catalog has products only. Prices are taken for US dollars.
 */
public final class Rees46Import {
  static final List<String> COLUMNS =
      List.of(
          "event_time",
          "event_type",
          "product_id",
          "category_id",
          "category_code",
          "brand",
          "price",
          "user_id",
          "user_session");

  private static final String CURRENCY = "USD";
  private static final int PROGRESS_EVERY = 1_000_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final Map<String, String> TYPES =
      Map.of(
          "view", "view_item",
          "cart", "add_to_cart",
          "remove_from_cart", "remove_from_cart",
          "purchase", "purchase");

  private final CatalogBuilder catalog = new CatalogBuilder();
  private final JsonBytes json = new JsonBytes();
  private final OutputStream events;
  private String timeText = "";
  private long time;
  private long lines;
  private long leftOut;
  private BigDecimal purchases = BigDecimal.ZERO;

  private Rees46Import(OutputStream events) {
    this.events = events;
  }

  /**
   * Reads the whole table.
   *
   * @throws ImportException at the first line that breaks a rule; what was written until then is of
   *     no use
   */
  static ImportSummary run(
      CsvTable table, OutputStream events, OutputStream catalog, LongConsumer progress)
      throws IOException {
    Rees46Import work = new Rees46Import(events);
    for (CsvRow row = table.next(); row != null; row = table.next()) {
      work.add(row);
      if (++work.lines % PROGRESS_EVERY == 0) {
        progress.accept(work.lines);
      }
    }
    work.catalog.write(catalog);
    long written = work.lines - work.leftOut;
    return new ImportSummary(
        work.lines,
        work.leftOut,
        written,
        written,
        work.catalog.products(),
        work.catalog.shoppers(),
        CURRENCY,
        work.purchases,
        BigDecimal.ZERO);
  }

  private void add(CsvRow row) throws IOException {
    String type = TYPES.get(row.text("event_type"));
    if (type == null) {
      throw row.wrong("event_type", "must be view, cart, remove_from_cart or purchase");
    }
    boolean purchase = type.equals("purchase");
    String product = row.id("product_id");
    String user = row.optionalId("user_id");
    String session = row.optionalId("user_session");
    BigDecimal price = row.text("price").isEmpty() && !purchase ? null : row.price("price");
    readTime(row);
    describe(product, row.text("category_code"), row.text("brand"));
    if (price != null && price.signum() < 0) {
      leftOut++;
      return;
    }
    json.reset().ascii("{\"event_id\":\"").ascii(eventId(row)).ascii("\",\"event_type\":\"");
    json.ascii(type).ascii("\",\"event_time\":\"").localTime(time).ascii("Z\"");
    field(",\"user_id\":", user);
    field(",\"session_id\":", session);
    if (purchase) {
      field(",\"transaction_id\":", transaction(row, session, user));
      purchases = purchases.add(price);
    }
    if (price != null) {
      json.ascii(",\"currency\":\"" + CURRENCY + "\"");
    }
    json.ascii(",\"items\":[{\"item_id\":").string(product);
    if (price != null) {
      json.ascii(",\"price\":").ascii(price.toPlainString());
    }
    json.ascii("}]}").writeLine(events);
  }

  private void field(String name, String value) {
    if (value != null) {
      json.ascii(name).string(value);
    }
  }

  /** The line number makes it unique in a file, the content among files of several months. */
  private static String eventId(CsvRow row) {
    StringBuilder name = new StringBuilder().append(row.line());
    for (String column : COLUMNS) {
      name.append(',').append(row.text(column));
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String transaction(CsvRow row, String session, String user)
      throws ImportException {
    String visit = session != null ? session : user != null ? user : "anonymous";
    if (visit.length() > 100) {
      throw row.wrong("user_session", "must have at most 100 characters");
    }
    return visit + "/" + row.line();
  }

  /** Neighbouring lines mostly share their second. */
  private void readTime(CsvRow row) throws ImportException {
    String text = row.text("event_time");
    if (text.equals(timeText)) {
      return;
    }
    try {
      String local = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) : text;
      LocalDateTime parsed = LocalDateTime.parse(local, TIME);
      if (parsed.getYear() > 1970) {
        time = parsed.toInstant(ZoneOffset.UTC).toEpochMilli();
        timeText = text;
        return;
      }
    } catch (DateTimeException e) {
      // The message below says it better.
    }
    throw row.wrong("event_time", "must be a time after 1970 like 2019-10-01 00:00:00 UTC");
  }

  /** There is no title; brand and the innermost category say what people would call it. */
  private void describe(String product, String code, String brand) {
    int first = code.indexOf('.');
    String category = first < 0 ? code : code.substring(0, first);
    String kind = code.substring(code.lastIndexOf('.') + 1).replace('_', ' ');
    catalog.product(product, (brand + " " + kind).strip(), category, brand);
  }
}
