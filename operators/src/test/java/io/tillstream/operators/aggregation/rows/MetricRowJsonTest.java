package io.tillstream.operators.aggregation.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricRowJsonTest {
  private static final long START = Instant.parse("2026-11-24T03:59:00Z").toEpochMilli();

  @Test
  void aProductAsTheContractShowsIt() {
    Figures figures = new Figures();
    count(figures, EventType.VIEW_ITEM, 12);
    count(figures, EventType.ADD_TO_CART, 3);
    count(figures, EventType.BEGIN_CHECKOUT, 1);
    figures.count(EventType.PURCHASE, new EventLine("SKU1", 2, 25_980_000, -1), "USD");
    MetricRow row =
        row(
            new RowKey(Dimension.PRODUCT, "SKU1"),
            figures,
            "shoes",
            new Stock(7, START + 41_000),
            START + 1_234,
            false);

    assertThat(json(row))
        .isEqualTo(
            "{\"dimension\":\"product\",\"key\":\"SKU1\","
                + "\"window_start\":\"2026-11-24T03:59:00Z\",\"window_end\":\"2026-11-24T04:00:00Z\","
                + "\"views\":12,\"add_to_carts\":3,\"removes_from_cart\":0,\"checkouts\":1,"
                + "\"purchases\":1,\"units\":2,\"revenue\":{\"USD\":\"25.98\"},"
                + "\"refunds\":{\"USD\":\"0.00\"},\"conversion_rate\":0.0833,"
                + "\"available\":7,\"available_at\":\"2026-11-24T03:59:41Z\","
                + "\"category\":\"shoes\",\"degraded\":0,\"aggregator\":\"primary\","
                + "\"version\":17,\"final\":false,"
                + "\"oldest_new_record_at\":\"2026-11-24T03:59:01.234Z\","
                + "\"emitted_at\":\"2026-11-24T03:59:42.005Z\"}");
    assertThat(MetricRowJson.key(row)).isEqualTo("product|SKU1|2026-11-24T03:59:00Z|primary");
  }

  @Test
  void theShopHasOrdersAndCarts() {
    Figures figures = new Figures();
    figures.addOrder();
    figures.addCarts(5, 1, 2);
    assertThat(json(row(RowKey.SHOP, figures, null, null, MetricRow.NO_NEW_RECORD, true)))
        .contains("\"revenue\":{},\"refunds\":{},\"conversion_rate\":null,")
        .contains(
            "\"orders\":1,\"carts_opened\":5,\"carts_bought\":1,\"carts_abandoned\":2,"
                + "\"abandonment_rate\":0.6667,\"degraded\":0")
        .contains("\"final\":true,\"emitted_at\"")
        .doesNotContain("available")
        .doesNotContain("category");
  }

  @Test
  void onlyTheShopHasOrdersAndCarts() {
    RowKey row = new RowKey(Dimension.CATEGORY, "shoes");
    assertThat(json(row(row, new Figures(), null, null, START, true)))
        .doesNotContain("orders")
        .doesNotContain("carts_")
        .doesNotContain("abandonment");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0.0",
    "1, 2, 0.5",
    "1, 1, 1.0",
    "1, 3, 0.3333",
    "2, 3, 0.6667",
    "1, 20000, 0.0001",
    "1, 20001, 0.0",
    "3, 20000, 0.0002",
    "5, 2, 2.5",
    "1, 0, null",
    "1, 100, 0.01"
  })
  void ratesToFourDigitsHalfUp(int purchases, int views, String rate) {
    Figures figures = new Figures();
    count(figures, EventType.VIEW_ITEM, views);
    for (int i = 0; i < purchases; i++) {
      figures.count(EventType.PURCHASE, new EventLine("a", 1, 0, -1), "USD");
    }
    assertThat(json(row(RowKey.SHOP, figures, null, null, START, false)))
        .contains("\"conversion_rate\":" + rate + ",");
  }

  @ParameterizedTest
  @CsvSource({
    "USD, 25980000, 25.98",
    "USD, 25987500, 25.9875",
    "USD, 0, 0.00",
    "USD, 100000000, 100.00",
    "USD, -1500000, -1.50",
    "JPY, 1500000000, 1500",
    "JPY, 1500500000, 1500.5",
    "KWD, 1500000, 1.500",
    "ZZZ, 1500000, 1.50",
    "XXX, 1000000, 1.00",
    "USD, 1, 0.000001",
    "USD, 9999999999999999990000000, 9999999999999999990.00"
  })
  void moneyInItsCurrencysDigitsAndMoreIfItHasMore(String currency, String micros, String text) {
    assertThat(new MoneyText().of(currency, new BigInteger(micros))).isEqualTo(text);
  }

  @Test
  void textIsEscaped() {
    RowKey row = new RowKey(Dimension.PRODUCT, "a\"b\\c\n\u0001é€😀\uD800|");
    assertThat(json(row(row, new Figures(), null, null, START, false)))
        .contains("\"key\":\"a\\\"b\\\\c\\u000a\\u0001é€😀\\ud800|\"");
  }

  @Test
  void instantsAreThoseOfJava() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long at = random.nextLong(253_402_300_799_999L);
      at = i % 2 == 0 ? at : at - at % 1_000;
      JsonBytes json = new JsonBytes();
      json.instant(at);
      assertThat(new String(json.toByteArray(), StandardCharsets.US_ASCII))
          .isEqualTo(Instant.ofEpochMilli(at).toString());
    }
    JsonBytes json = new JsonBytes();
    json.instant(253_402_300_800_000L);
    assertThat(new String(json.toByteArray(), StandardCharsets.US_ASCII))
        .isEqualTo("+10000-01-01T00:00:00Z");
  }

  @Test
  void numbersAreThoseOfJava() {
    for (long number : new long[] {0, 9, 10, 99, 100, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      JsonBytes json = new JsonBytes();
      json.number(number);
      assertThat(new String(json.toByteArray(), StandardCharsets.US_ASCII))
          .isEqualTo(Long.toString(number));
    }
  }

  @Test
  void theBinaryFormReadsWhatItWrote() throws IOException {
    Figures figures = new Figures();
    count(figures, EventType.VIEW_ITEM, 12);
    figures.count(EventType.PURCHASE, new EventLine("a", 2, 5, -1), "USD");
    MetricRow rich =
        row(new RowKey(Dimension.PRODUCT, "é"), figures, "shoes", new Stock(0, START), START, true);
    MetricRow poor = row(RowKey.SHOP, new Figures(), null, null, MetricRow.NO_NEW_RECORD, false);
    MetricRowCodec codec = new MetricRowCodec();
    for (MetricRow row : new MetricRow[] {rich, poor}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(row, new DataOutputStream(bytes));
      MetricRow read =
          codec.read(
              new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
      assertThat(read).isEqualTo(row);
    }
  }

  private static void count(Figures figures, EventType type, int times) {
    for (int i = 0; i < times; i++) {
      figures.count(type, null, null);
    }
  }

  private static String json(MetricRow row) {
    return new String(MetricRowJson.write(row), StandardCharsets.UTF_8);
  }

  private static MetricRow row(
      RowKey row, Figures figures, String category, Stock stock, long oldest, boolean isFinal) {
    return new MetricRow(
        row,
        START,
        START + 60_000,
        figures,
        category,
        stock,
        "primary",
        17,
        99,
        isFinal,
        oldest,
        START + 42_005);
  }
}
