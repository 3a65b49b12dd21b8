package io.tillstream.operators.aggregation.rows;

import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.MoneySums;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;

/** The JSON of a row, as the outward contract has it. */
public final class MetricRowJson {
  // The buffer lives on from row to row: a writer makes some 100,000 of them a second.
  private static final ThreadLocal<MetricRowJson> WRITER =
      ThreadLocal.withInitial(MetricRowJson::new);

  private final JsonBytes json = new JsonBytes();
  private final MoneyText money = new MoneyText();

  private long windowStart;
  private String windowText;

  private MetricRowJson() {}

  /** The key of the record: {@code dimension|key|window_start|aggregator}. */
  public static String key(MetricRow row) {
    return row.row().text() + '|' + WRITER.get().window(row.windowStart()) + '|' + row.aggregator();
  }

  // Rows come by the thousand of the same window.
  private String window(long start) {
    if (windowText == null || windowStart != start) {
      windowStart = start;
      windowText = Instant.ofEpochMilli(start).toString();
    }
    return windowText;
  }

  /** The value of the record in UTF-8. */
  public static byte[] write(MetricRow row) {
    return WRITER.get().value(row);
  }

  private byte[] value(MetricRow row) {
    json.clear();
    json.raw("{\"dimension\":\"").raw(row.row().dimension().text());
    json.raw("\",\"key\":").string(row.row().key());
    json.raw(",\"window_start\":\"").instant(row.windowStart());
    json.raw("\",\"window_end\":\"").instant(row.windowEnd()).raw('"');
    Figures figures = row.figures();
    number(",\"views\":", figures.views());
    number(",\"add_to_carts\":", figures.addToCarts());
    number(",\"removes_from_cart\":", figures.removesFromCart());
    number(",\"checkouts\":", figures.checkouts());
    number(",\"purchases\":", figures.purchases());
    number(",\"units\":", figures.units());
    sums(figures);
    json.raw(",\"conversion_rate\":");
    rate(figures.purchases(), figures.views());
    if (row.row().dimension() == Dimension.SHOP) {
      shop(figures);
    }
    if (row.stock() != null) {
      number(",\"available\":", row.stock().available());
      json.raw(",\"available_at\":\"").instant(row.stock().at()).raw('"');
    }
    if (row.category() != null) {
      json.raw(",\"category\":").string(row.category());
    }
    number(",\"degraded\":", figures.degraded());
    json.raw(",\"aggregator\":").string(row.aggregator());
    number(",\"version\":", row.version());
    json.raw(row.isFinal() ? ",\"final\":true" : ",\"final\":false");
    if (row.oldestNewRecordAt() != MetricRow.NO_NEW_RECORD) {
      json.raw(",\"oldest_new_record_at\":\"").instant(row.oldestNewRecordAt()).raw('"');
    }
    json.raw(",\"emitted_at\":\"").instant(row.emittedAt()).raw("\"}");
    return json.toByteArray();
  }

  private void shop(Figures figures) {
    number(",\"orders\":", figures.orders());
    number(",\"carts_opened\":", figures.cartsOpened());
    number(",\"carts_bought\":", figures.cartsBought());
    number(",\"carts_abandoned\":", figures.cartsAbandoned());
    json.raw(",\"abandonment_rate\":");
    rate(figures.cartsAbandoned(), figures.cartsAbandoned() + figures.cartsBought());
  }

  private void number(String name, long value) {
    json.raw(name).number(value);
  }

  // A currency seen on either side stands on both: a shop that sold in USD refunded 0.00 of them.
  private void sums(Figures figures) {
    Map<String, BigInteger> revenue = figures.revenue().micros();
    Map<String, BigInteger> refunds = figures.refunds().micros();
    if (revenue.isEmpty() && refunds.isEmpty()) {
      json.raw(",\"revenue\":{},\"refunds\":{}");
      return;
    }
    TreeSet<String> currencies = new TreeSet<>(revenue.keySet());
    currencies.addAll(refunds.keySet());
    json.raw(",\"revenue\":");
    object(currencies, figures.revenue());
    json.raw(",\"refunds\":");
    object(currencies, figures.refunds());
  }

  private void object(Iterable<String> currencies, MoneySums sums) {
    char before = '{';
    for (String currency : currencies) {
      BigInteger micros = sums.micros().getOrDefault(currency, BigInteger.ZERO);
      json.raw(before).string(currency).raw(":\"").raw(money.of(currency, micros)).raw('"');
      before = ',';
    }
    json.raw('}');
  }

  // To 4 digits, half up, in whole numbers: binary fractions would tip some halves down. Counts of
  // lines are far below 2^63 / 20,000.
  private void rate(long part, long whole) {
    if (whole <= 0) {
      json.raw("null");
      return;
    }
    long tenThousandths = Math.floorDiv(part * 20_000 + whole, whole * 2);
    if (tenThousandths < 0) {
      json.raw('-');
      tenThousandths = -tenThousandths;
    }
    json.number(tenThousandths / 10_000).raw('.');
    int fraction = (int) (tenThousandths % 10_000);
    json.raw((char) ('0' + fraction / 1_000));
    for (int rest = fraction % 1_000 * 10; rest != 0; rest = rest % 1_000 * 10) {
      json.raw((char) ('0' + rest / 1_000));
    }
  }
}
