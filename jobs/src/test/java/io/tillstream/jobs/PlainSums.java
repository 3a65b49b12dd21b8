package io.tillstream.jobs;

import io.tillstream.jobs.MadeTraffic.Event;
import io.tillstream.jobs.MadeTraffic.Kind;
import io.tillstream.jobs.MadeTraffic.Line;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Figures;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What must come out of the {@link MadeTraffic}: a plain count without streams, as lines of text by
 * row and window.
 */
final class PlainSums {
  static final long WINDOW_MS = 10_000;
  static final long CART_TIMEOUT_MS = 30_000;

  private static final String[] COUNTS = {
    "views",
    "adds",
    "removes",
    "checkouts",
    "purchases",
    "units",
    "orders",
    "carts opened",
    "carts bought",
    "carts abandoned"
  };

  private final Map<String, Map<String, BigInteger>> rows = new TreeMap<>();
  private final Map<String, Stock> stock = new HashMap<>();

  private record Stock(long at, int available) {}

  private PlainSums() {}

  /** Every row there must be, and what it must say. */
  static Map<String, String> expected() {
    return expected(event -> true);
  }

  /** The same of those events alone that {@code counted} tells. */
  static Map<String, String> expected(Predicate<Event> counted) {
    PlainSums sums = new PlainSums();
    for (int partition = 0; partition < MadeTraffic.PARTITIONS; partition++) {
      for (long offset = 0; offset <= MadeTraffic.TRAFFIC; offset++) {
        Event event = MadeTraffic.event(partition, offset);
        if (event.kind() != Kind.GARBAGE && event.kind() != Kind.REPEAT && counted.test(event)) {
          sums.count(event);
        }
      }
    }
    Map<String, String> texts = new TreeMap<>();
    sums.rows.forEach(
        (row, counts) ->
            texts.put(row, text(counts) + sums.stockText(row) + category(row, counts)));
    return texts;
  }

  private void count(Event event) {
    for (Line line : event.lines()) {
      if (event.kind() == Kind.STOCK) {
        String row = row("product", line.item(), event.time());
        rows.computeIfAbsent(row, absent -> new TreeMap<>());
        stock.merge(row, new Stock(event.time(), line.available()), PlainSums::newer);
        continue;
      }
      count(row("product", line.item(), event.time()), event, line);
      count(row("category", Catalog.category(line.item()), event.time()), event, line);
      count(row("shop", "all", event.time()), event, line);
      if (event.kind().sale()) {
        count(row("segment", Catalog.segment(event.user()), event.time()), event, line);
      }
    }
    if (event.kind() == Kind.PURCHASE) {
      add(row("shop", "all", event.time()), "orders", 1);
    }
    carts(event);
  }

  // A visit adds once; the even ones buy, the others leave the cart standing.
  private void carts(Event event) {
    if (event.session() == null) {
      return;
    }
    if (event.kind() == Kind.PURCHASE) {
      add(row("shop", "all", event.time()), "carts bought", 1);
      return;
    }
    add(row("shop", "all", event.time()), "carts opened", 1);
    long offset = Long.parseLong(event.session().replaceFirst(".*-", ""));
    if (offset / 10 % 2 != 0) {
      add(row("shop", "all", event.time() + CART_TIMEOUT_MS), "carts abandoned", 1);
    }
  }

  private void count(String row, Event event, Line line) {
    switch (event.kind()) {
      case VIEW -> add(row, "views", 1);
      case ADD -> add(row, "adds", 1);
      case REMOVE -> add(row, "removes", 1);
      case CHECKOUT -> add(row, "checkouts", 1);
      case PURCHASE -> {
        add(row, "purchases", 1);
        add(row, "units", line.quantity());
        add(row, "revenue " + event.currency(), line.price() * line.quantity());
      }
      case REFUND -> add(row, "refunds " + event.currency(), line.price() * line.quantity());
      default -> throw new IllegalStateException(event.toString());
    }
  }

  private void add(String row, String what, long amount) {
    rows.computeIfAbsent(row, absent -> new TreeMap<>())
        .merge(what, BigInteger.valueOf(amount), BigInteger::add);
  }

  private static Stock newer(Stock a, Stock b) {
    if (a.at != b.at) {
      return a.at > b.at ? a : b;
    }
    return a.available < b.available ? a : b;
  }

  private String stockText(String row) {
    Stock newest = stock.get(row);
    return newest == null ? "" : " stock " + newest.available + "@" + newest.at;
  }

  // Where only stock was updated the category may be absent.
  private static String category(String row, Map<String, BigInteger> counts) {
    boolean says = row.startsWith("product|") && !counts.isEmpty();
    return says ? " category " + Catalog.category(row.split("\\|")[1]) : "";
  }

  private static String row(String dimension, String key, long time) {
    return dimension + "|" + key + "|" + time / WINDOW_MS * WINDOW_MS;
  }

  private static String text(Map<String, BigInteger> counts) {
    Map<String, BigInteger> present = new TreeMap<>(counts);
    present.values().removeIf(count -> count.signum() == 0);
    return present.toString();
  }

  /** The row's name as in {@link #expected}. */
  static String name(MetricRow row) {
    return row.row().text() + "|" + row.windowStart();
  }

  /** What a row of the pipeline says, in the same words; what is degraded also shows. */
  static String text(MetricRow row) {
    Figures figures = row.figures();
    long[] values = {
      figures.views(),
      figures.addToCarts(),
      figures.removesFromCart(),
      figures.checkouts(),
      figures.purchases(),
      figures.units(),
      figures.orders(),
      figures.cartsOpened(),
      figures.cartsBought(),
      figures.cartsAbandoned()
    };
    Map<String, BigInteger> counts = new TreeMap<>();
    for (int i = 0; i < COUNTS.length; i++) {
      counts.put(COUNTS[i], BigInteger.valueOf(values[i]));
    }
    figures.revenue().micros().forEach((currency, sum) -> counts.put("revenue " + currency, sum));
    figures.refunds().micros().forEach((currency, sum) -> counts.put("refunds " + currency, sum));
    String numbers = text(counts);
    String stock =
        row.stock() == null ? "" : " stock " + row.stock().available() + "@" + row.stock().at();
    boolean says = row.category() != null && !numbers.equals("{}");
    return numbers
        + stock
        + (says ? " category " + row.category() : "")
        + (figures.degraded() == 0 ? "" : " degraded " + figures.degraded());
  }

  /** What a row says that counts nothing: it may stand where lines were before a repair. */
  static final String NOTHING = "{}";

  /** What the catalog knows. */
  static final class Catalog {
    private Catalog() {}

    /** Every eleventh product has no entry, nor has one whose name is no number. */
    static String category(String item) {
      if (!item.matches("p[0-9]+") || number(item) % 11 == 0) {
        return "unknown";
      }
      return "c" + number(item) % 5;
    }

    /** Every seventh shopper has no profile. */
    static String segment(String user) {
      return user == null || number(user) % 7 == 0 ? "unknown" : "s" + number(user) % 3;
    }

    private static int number(String name) {
      return Integer.parseInt(name.substring(1));
    }
  }
}
