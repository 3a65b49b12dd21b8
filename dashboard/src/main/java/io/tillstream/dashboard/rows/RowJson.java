package io.tillstream.dashboard.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;

/** Writes rows as the contract has them, rates computed anew. */
public final class RowJson {
  private RowJson() {}

  /** One object. */
  public static void write(Row row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("dimension", row.dimension());
    out.writeStringField("key", row.key());
    out.writeStringField("window_start", Instant.ofEpochMilli(row.windowStart()).toString());
    out.writeStringField("window_end", Instant.ofEpochMilli(row.windowEnd()).toString());
    boolean shop = row.dimension().equals(Row.SHOP);
    for (int i = 0; i < (shop ? Figures.SIZE : Figures.SHOP_ONLY); i++) {
      out.writeNumberField(Figures.NAMES.get(i), row.figures().get(i));
    }
    money("revenue", row.revenue(), out);
    money("refunds", row.refunds(), out);
    rate("conversion_rate", row.figures().get("purchases"), row.figures().get("views"), out);
    if (shop) {
      long abandoned = row.figures().get("carts_abandoned");
      BigInteger ended =
          BigInteger.valueOf(abandoned).add(BigInteger.valueOf(row.figures().get("carts_bought")));
      out.writeFieldName("abandonment_rate");
      rate(BigInteger.valueOf(abandoned), ended, out);
    }
    if (row.stock() != null) {
      out.writeNumberField("available", row.stock().available());
      time("available_at", row.stock().at(), out);
    }
    if (row.category() != null) {
      out.writeStringField("category", row.category());
    }
    out.writeStringField("aggregator", row.aggregator());
    out.writeNumberField("version", row.version());
    out.writeBooleanField("final", row.isFinal());
    time("oldest_new_record_at", row.oldestNewRecordAt(), out);
    time("emitted_at", row.emittedAt(), out);
    out.writeEndObject();
  }

  private static void time(String name, long at, JsonGenerator out) throws IOException {
    if (at != Row.NONE) {
      out.writeStringField(name, Instant.ofEpochMilli(at).toString());
    }
  }

  private static void money(String name, Money money, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, BigDecimal> amount : money.sums().entrySet()) {
      out.writeStringField(amount.getKey(), amount.getValue().toPlainString());
    }
    out.writeEndObject();
  }

  private static void rate(String name, long part, long whole, JsonGenerator out)
      throws IOException {
    out.writeFieldName(name);
    rate(BigInteger.valueOf(part), BigInteger.valueOf(whole), out);
  }

  private static void rate(BigInteger part, BigInteger whole, JsonGenerator out)
      throws IOException {
    BigDecimal rate = rate(part, whole);
    if (rate == null) {
      out.writeNull();
    } else {
      out.writeNumber(rate);
    }
  }

  /** To 4 digits, half up; null without a whole. */
  static BigDecimal rate(BigInteger part, BigInteger whole) {
    return whole.signum() <= 0
        ? null
        : new BigDecimal(part).divide(new BigDecimal(whole), 4, RoundingMode.HALF_UP);
  }
}
