package io.tillstream.local.data.imports;

import io.tillstream.local.data.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * UCI "Online Retail": the invoice lines of a gift wholesaler. Lines of one invoice that follow
 * each other and share their time are one event of at most 200 items. Held in memory: the catalog,
 * and one counter for each invoice, since an invoice may go on after another one began.
 */
public final class OnlineRetailImport {
  static final List<String> COLUMNS =
      List.of(
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");

  private static final String CURRENCY = "GBP";
  private static final int ITEMS_IN_AN_EVENT = 200;
  private static final int PROGRESS_EVERY = 1_000_000;
  private static final DateTimeFormatter UCI = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  // The copies that go round as data.csv write American dates.
  private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("M/d/uuuu H:mm");

  private record Item(String id, BigDecimal price, int quantity) {}

  private final Map<String, Integer> eventsOfInvoice = new HashMap<>();
  private final CatalogBuilder catalog = new CatalogBuilder();
  private final JsonBytes json = new JsonBytes();
  private final OutputStream events;
  private final List<Item> run = new ArrayList<>();
  private String invoice;
  private String date;
  private long time;
  private String user;
  private long lines;
  private long leftOut;
  private long written;
  private long items;
  private BigDecimal purchases = BigDecimal.ZERO;
  private BigDecimal refunds = BigDecimal.ZERO;

  private OnlineRetailImport(OutputStream events) {
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
    OnlineRetailImport work = new OnlineRetailImport(events);
    for (CsvRow row = table.next(); row != null; row = table.next()) {
      work.add(row);
      if (++work.lines % PROGRESS_EVERY == 0) {
        progress.accept(work.lines);
      }
    }
    work.flush();
    work.catalog.write(catalog);
    return new ImportSummary(
        work.lines,
        work.leftOut,
        work.written,
        work.items,
        work.catalog.products(),
        work.catalog.shoppers(),
        CURRENCY,
        work.purchases,
        work.refunds);
  }

  private void add(CsvRow row) throws IOException {
    String number = row.id("InvoiceNo", 100);
    String when = row.text("InvoiceDate");
    if (!number.equals(invoice) || !when.equals(date)) {
      flush();
      invoice = number;
      date = when;
      time = time(row, when);
    }
    String stock = row.id("StockCode");
    int quantity = row.quantity("Quantity");
    BigDecimal price = row.price("UnitPrice");
    String customer = customer(row);
    String country = row.text("Country");
    String title = row.text("Description");
    catalog.product(stock, title, firstWord(title), country);
    if (customer != null) {
      catalog.shopper(customer, country.equals("United Kingdom") ? "uk" : "abroad", country);
    }
    boolean refund = cancelled();
    if (price.signum() < 0 || quantity == 0 || (quantity < 0 && !refund)) {
      leftOut++;
      return;
    }
    int count = Math.abs(quantity);
    row.checkAmount("Quantity", price, count);
    if (run.size() == ITEMS_IN_AN_EVENT) {
      flush();
    }
    user = user == null ? customer : user;
    run.add(new Item(stock, price, count));
    BigDecimal amount = price.multiply(BigDecimal.valueOf(count));
    purchases = refund ? purchases : purchases.add(amount);
    refunds = refund ? refunds.add(amount) : refunds;
  }

  private boolean cancelled() {
    return invoice.startsWith("C");
  }

  private static long time(CsvRow row, String text) throws ImportException {
    try {
      LocalDateTime time = LocalDateTime.parse(text, text.indexOf('/') >= 0 ? AMERICAN : UCI);
      if (time.getYear() > 1970) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
      }
    } catch (DateTimeException e) {
      // The message below says it better.
    }
    throw row.wrong("InvoiceDate", "must be a time after 1970 like 2010-12-01 08:26:00");
  }

  /** Spreadsheets made decimals of the numbers: 17850.0 is customer 17850. */
  private static String customer(CsvRow row) throws ImportException {
    String text = row.optionalId("CustomerID");
    return text != null && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String firstWord(String title) {
    return title.split("\\s+", 2)[0].toLowerCase(java.util.Locale.ROOT);
  }

  /** Writes the event whose lines were gathered, if there are any. */
  private void flush() throws IOException {
    if (!run.isEmpty()) {
      int k = eventsOfInvoice.merge(invoice, 1, Integer::sum);
      json.reset().ascii("{\"event_id\":").string(invoice + "/" + k);
      json.ascii(cancelled() ? ",\"event_type\":\"refund\"" : ",\"event_type\":\"purchase\"");
      json.ascii(",\"event_time\":\"").localTime(time).ascii("Z\"");
      if (user != null) {
        json.ascii(",\"user_id\":").string(user);
      }
      json.ascii(",\"transaction_id\":").string(invoice);
      json.ascii(",\"currency\":\"" + CURRENCY + "\",\"items\":[");
      for (int i = 0; i < run.size(); i++) {
        Item item = run.get(i);
        json.ascii(i == 0 ? "{\"item_id\":" : ",{\"item_id\":").string(item.id);
        json.ascii(",\"price\":").ascii(item.price.toPlainString());
        json.ascii(",\"quantity\":").number(item.quantity).one('}');
      }
      json.ascii("]}").writeLine(events);
      written++;
      items += run.size();
      run.clear();
    }
    user = null;
  }
}
