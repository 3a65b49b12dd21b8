package io.tillstream.routing.event;

import static io.tillstream.routing.event.ErrorClass.MISSING_FIELD;
import static io.tillstream.routing.event.ErrorClass.NOT_JSON;
import static io.tillstream.routing.event.ErrorClass.OUT_OF_RANGE;
import static io.tillstream.routing.event.ErrorClass.WRONG_TYPE;
import static io.tillstream.routing.event.Records.PURCHASE;
import static io.tillstream.routing.event.Records.STOCK;
import static io.tillstream.routing.event.Records.VIEW;
import static io.tillstream.routing.event.Records.utf8;
import static io.tillstream.routing.event.Records.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One of each kind of bad record: its class and what its error says. */
class BadRecordsTest {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bad(String name, byte[] value, ErrorClass errorClass, String says) {
    @Override
    public String toString() {
      return errorClass + ": " + name;
    }
  }

  private static final class Table {
    final List<Bad> rows = new ArrayList<>();

    void add(ErrorClass errorClass, String says, String value) {
      String shown = value.length() < 80 ? value : says;
      rows.add(new Bad(shown, utf8(value), errorClass, says));
    }

    void add(String name, byte[] value, String says) {
      rows.add(new Bad(name, value, NOT_JSON, says));
    }
  }

  static List<Bad> notJson() {
    Table t = new Table();
    t.add("no value", null, "empty");
    t.add("no byte", new byte[0], "empty");
    t.add("a byte order mark", utf8("\uFEFF" + VIEW), "byte order mark");
    for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      t.add(charset, VIEW.getBytes(Charset.forName(charset)), "UTF-8");
    }
    t.add("Latin-1", with(VIEW, "SKU1", "é").getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
    byte[] skipped = utf8(with(VIEW, "\"items\"", "\"x\":\"??????\",\"items\""));
    t.add("UTF-8 cut within a field", bytes(skipped, 0xE2, 0x82), "UTF-8");
    t.add("overlong within an ignored field", bytes(skipped, 0xC0, 0xAF), "UTF-8");
    t.add("a surrogate within an ignored field", bytes(skipped, 0xED, 0xA0, 0x80), "UTF-8");
    t.add("a stray tail within an ignored field", bytes(skipped, 0x80), "UTF-8");
    t.add("above U+10FFFF", bytes(skipped, 0xF4, 0x90, 0x80, 0x80), "UTF-8");
    t.add("a random block", new byte[512], "UTF-8");

    t.add(NOT_JSON, "blank", " \r\n\t ");
    t.add(NOT_JSON, "must be one JSON object", "hello");
    t.add(NOT_JSON, "must be one JSON object", "{");
    t.add(NOT_JSON, "must be one JSON object", VIEW.substring(0, VIEW.length() - 1));
    t.add(NOT_JSON, "must be one JSON object", VIEW.substring(0, 60));
    t.add(NOT_JSON, "text behind it", VIEW + VIEW);
    t.add(NOT_JSON, "text behind it", VIEW + "\n1");
    t.add(NOT_JSON, "must be one JSON object", VIEW + "}");
    t.add(NOT_JSON, "must be one JSON object", VIEW + "x");
    t.add(NOT_JSON, "must be one JSON object", VIEW + "\0");
    t.add(NOT_JSON, "must be one JSON object", VIEW + "\u000b");
    t.add(NOT_JSON, "must be one JSON object", "\u00a0" + VIEW);
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"SKU1\"", "SKU1"));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"SKU1\"", "'SKU1'"));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"SKU1\"", "\"SK\tU1\""));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"SKU1\"", "\"SK\\xU1\""));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"SKU1\"}", "\"SKU1\",}"));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "}]", "},]"));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"items\"", "/* c */\"items\""));
    t.add(NOT_JSON, "must be one JSON object", with(VIEW, "\"items\":", "\"items\""));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "012.99"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "+12.99"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", ".99"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "12."));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "1e"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "NaN"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "Infinity"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "0x1F"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "True"));
    t.add(NOT_JSON, "must be one JSON object", with(PURCHASE, "12.99", "nul"));
    t.add(NOT_JSON, "must be one JSON object", "[1,2");
    t.add(NOT_JSON, "text behind it", "[] []");
    t.add(NOT_JSON, "text behind it", "null null");

    t.add(NOT_JSON, "event_id twice", with(VIEW, "\"items\"", "\"event_id\":\"b\",\"items\""));
    t.add(NOT_JSON, "event_id twice", with(VIEW, "\"items\"", "\"event\\u005fid\":1,\"items\""));
    t.add(NOT_JSON, "items twice", with(VIEW, "\"items\"", "\"items\":null,\"items\""));
    t.add(NOT_JSON, "x twice", with(VIEW, "\"items\"", "\"x\":1,\"y\":2,\"x\":1,\"items\""));
    t.add(NOT_JSON, "k3 twice", with(VIEW, "\"items\"", keys(40) + "\"k3\":0,\"items\""));
    t.add(NOT_JSON, "k39 twice", with(VIEW, "\"items\"", keys(40) + "\"k39\":0,\"items\""));
    t.add(NOT_JSON, "items[0] has item_id twice", with(VIEW, "1\"}", "1\",\"item_id\":\"b\"}"));
    t.add(NOT_JSON, "items[0] has z twice", with(VIEW, "1\"}", "1\",\"z\":1,\"z\":1}"));
    t.add(NOT_JSON, "items[1] has price twice", with(PURCHASE, "\"0.5\"", "1,\"price\":1"));
    t.add(NOT_JSON, "depth", with(VIEW, "\"items\"", "\"x\":" + nested(1_000) + ",\"items\""));
    t.add(NOT_JSON, "depth", with(VIEW, "\"items\"", "\"x\":" + "[".repeat(500_000)));
    t.add(NOT_JSON, "depth", "[".repeat(1_001) + "]".repeat(1_001));
    t.add(NOT_JSON, "item_id must be Unicode", with(VIEW, "SKU1", "\\ud83d"));
    t.add(NOT_JSON, "item_id must be Unicode", with(VIEW, "SKU1", "\\ude00\\ud83d"));
    t.add(NOT_JSON, "item_id must be Unicode", with(VIEW, "SKU1", "\\ud83dx"));
    t.add(NOT_JSON, "user_id must be Unicode", with(PURCHASE, "\"u1\"", "\"\\udfff\""));
    t.add(NOT_JSON, "price must be Unicode", with(PURCHASE, "\"0.5\"", "\"\\udfff\""));
    // What is no JSON at its end is that first, whatever else is wrong before.
    t.add(NOT_JSON, "must be one JSON object", "{\"event_id\":5,\"event_type\":{},");
    t.add(NOT_JSON, "text behind it", with(VIEW, "view_item", "buy") + "{}");
    t.add(NOT_JSON, "x twice", with(PURCHASE, "\"0.5\"}]", "-1}],\"x\":1,\"x\":1"));
    return t.rows;
  }

  static List<Bad> wrongType() {
    Table t = new Table();
    t.add(WRONG_TYPE, "the record must be one JSON object, was an array", "[" + VIEW + "]");
    t.add(WRONG_TYPE, "the record must be one JSON object, was the string \"a\"", "\"a\"");
    t.add(WRONG_TYPE, "the record must be one JSON object, was the number 17", " 17 ");
    t.add(WRONG_TYPE, "the record must be one JSON object, was the boolean true", "true");
    t.add(WRONG_TYPE, "the record must be one JSON object, was null", "null");
    t.add(WRONG_TYPE, "event_id must be a string, was the number 5", with(VIEW, quoted(), "5"));
    t.add(WRONG_TYPE, "event_id must be a string, was an array", with(VIEW, quoted(), "[\"a\"]"));
    t.add(WRONG_TYPE, "event_type must be a string", with(VIEW, "\"view_item\"", "1"));
    for (String time : List.of("1795492781250.0", "1e12", "true", "{}", "[2026,11,24]")) {
      t.add(WRONG_TYPE, "event_time must be an ISO-8601 string or an integer", stockAt(time));
    }
    t.add(WRONG_TYPE, "user_id must be a string, was the number", with(PURCHASE, "\"u1\"", "17"));
    t.add(WRONG_TYPE, "session_id must be a string", with(PURCHASE, "\"s1\"", "false"));
    t.add(WRONG_TYPE, "transaction_id must be a string", with(PURCHASE, "\"T1\"", "1001"));
    t.add(WRONG_TYPE, "currency must be a string", with(PURCHASE, "\"USD\"", "840"));
    t.add(WRONG_TYPE, "user_id must be", with(VIEW, "\"items\"", "\"user_id\":1,\"items\""));
    t.add(WRONG_TYPE, "items must be an array, was an object", items("{\"item_id\":\"a\"}"));
    t.add(WRONG_TYPE, "items must be an array, was the string", items("\"SKU1\""));
    t.add(WRONG_TYPE, "items[0] must be an object, was the string \"SKU1\"", items("[\"SKU1\"]"));
    t.add(WRONG_TYPE, "items[1] must be an object, was null", items("[{\"item_id\":\"a\"},null]"));
    t.add(WRONG_TYPE, "items[0] must be an object, was an array", items("[[]]"));
    t.add(WRONG_TYPE, "items[0].item_id must be a string", items("[{\"item_id\":22423}]"));
    for (String price : List.of("true", "{}", "[1]", "{\"amount\":1,\"amount\":2}")) {
      t.add(WRONG_TYPE, "items[0].price must be a number", with(PURCHASE, "12.99", price));
    }
    for (String quantity : List.of("\"2\"", "2.0", "2e0", "0.5", "[2]", "true")) {
      t.add(
          WRONG_TYPE,
          "items[0].quantity must be an integer",
          with(PURCHASE, "\"quantity\":2", "\"quantity\":" + quantity));
    }
    t.add(WRONG_TYPE, "items[0].available must be an integer", with(STOCK, ":7", ":\"7\""));
    t.add(WRONG_TYPE, "items[0].available must be an integer", with(STOCK, ":7", ":7.5"));
    t.add(WRONG_TYPE, "available", items("[{\"item_id\":\"a\",\"available\":false}]"));
    return t.rows;
  }

  static List<Bad> missing() {
    Table t = new Table();
    t.add(MISSING_FIELD, "event_id must be there", "{}");
    t.add(MISSING_FIELD, "event_id", with(VIEW, "\"event_id\":" + quoted() + ",", ""));
    t.add(MISSING_FIELD, "event_id", with(VIEW, quoted(), "null"));
    t.add(MISSING_FIELD, "event_type", with(VIEW, "\"event_type\":\"view_item\",", ""));
    t.add(MISSING_FIELD, "event_type", with(VIEW, "\"view_item\"", "null"));
    t.add(MISSING_FIELD, "event_time", stockAt("null"));
    t.add(MISSING_FIELD, "event_time", with(STOCK, "event_time", "time"));
    t.add(MISSING_FIELD, "items must be there", items("null"));
    t.add(MISSING_FIELD, "items must be there", with(VIEW, "\"items\"", "\"Items\""));
    t.add(MISSING_FIELD, "items[0].item_id must be there", items("[{}]"));
    t.add(MISSING_FIELD, "items[0].item_id must be there", items("[{\"item_id\":null}]"));
    t.add(MISSING_FIELD, "items[1].item_id", items("[{\"item_id\":\"a\"},{\"id\":\"b\"}]"));
    t.add(MISSING_FIELD, "transaction_id must be there on a purchase", sale("\"T1\"", "null"));
    t.add(
        MISSING_FIELD,
        "transaction_id must be there on a refund",
        with(sale("\"transaction_id\":\"T1\",", ""), "\"purchase\"", "\"refund\""));
    t.add(MISSING_FIELD, "items[1].price must be there on a purchase", sale("\"0.5\"", "null"));
    t.add(
        MISSING_FIELD, "items[0].price must be there on a purchase", sale("price\":12", "p\":12"));
    t.add(MISSING_FIELD, "currency must be there", sale("\"USD\"", "null"));
    t.add(
        MISSING_FIELD,
        "currency must be there where items[0] has a price",
        items("[{\"item_id\":\"a\",\"price\":0}]"));
    t.add(MISSING_FIELD, "items[0].available must be there on an inv", with(STOCK, ":7", ":null"));
    t.add(
        MISSING_FIELD,
        "items[1].available must be there",
        with(STOCK, ":7}", ":7},{\"item_id\":\"b\"}"));
    return t.rows;
  }

  static List<Bad> outOfRange() {
    Table t = new Table();
    String length = " must have 1 to 128 characters";
    t.add(OUT_OF_RANGE, "event_id" + length + ", was \"\"", with(VIEW, quoted(), "\"\""));
    t.add(OUT_OF_RANGE, "event_id" + length, with(VIEW, Records.ID, "x".repeat(129)));
    t.add(OUT_OF_RANGE, "user_id" + length, sale("\"u1\"", "\"\""));
    t.add(OUT_OF_RANGE, "session_id" + length, sale("\"s1\"", '"' + "é".repeat(129) + '"'));
    t.add(OUT_OF_RANGE, "transaction_id" + length, sale("\"T1\"", "\"\""));
    t.add(
        OUT_OF_RANGE,
        "session_id" + length,
        with(VIEW, "\"items\"", "\"session_id\":\"\",\"items\""));
    t.add(OUT_OF_RANGE, "items[0].item_id" + length, items("[{\"item_id\":\"\"}]"));
    t.add(OUT_OF_RANGE, "items[0].item_id" + length, with(VIEW, "SKU1", "x".repeat(100_000)));
    for (String type : List.of("buy", "", "View_Item", "view_item ", "VIEW_ITEM", "viewitem1")) {
      t.add(OUT_OF_RANGE, "event_type must be one of view_item, ", with(VIEW, "view_item", type));
    }
    for (String currency : List.of("usd", "US", "USDX", "", "U\u00c4D", "U1D", "\uff35SD")) {
      t.add(OUT_OF_RANGE, "currency must match [A-Z]{3}", sale("\"USD\"", '"' + currency + '"'));
    }
    t.add(OUT_OF_RANGE, "currency must", with(VIEW, "\"items\"", "\"currency\":\"eur\",\"items\""));
    for (String time :
        List.of(
            "",
            "yesterday",
            "2026-11-24",
            "2026-11-24T03:59:41",
            "2026-11-24 03:59:41Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T03:60:00Z",
            "2026-11-24T03:59:60Z",
            "2026-11-24T03:59:41.Z",
            "2026-11-24T03:59:41+1",
            "2026-11-24T03:59:41+01:60",
            "2026-11-24T03:59:41+19:00",
            "2026-11-24T03:59:41Zx",
            "2026-11-24T03:59:4\u0661Z",
            "1795492781250",
            "2026-11-24T03:59:41.250Z ",
            "26-11-24T03:59:41Z",
            "2026-11-24T03:59:41:00")) {
      t.add(OUT_OF_RANGE, "event_time must be an ISO-8601 instant", stockAt('"' + time + '"'));
    }
    for (String time :
        List.of(
            "0",
            "-1",
            "\"1970-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00.0009Z\"",
            "\"1969-12-31T23:59:59Z\"",
            "\"1970-01-01T00:59:59+01:00\"",
            "-" + "9".repeat(400),
            "\"0000-01-01T00:00:00Z\"")) {
      t.add(OUT_OF_RANGE, "event_time must be after 1970-01-01T00:00:00Z", stockAt(time));
    }
    for (String time :
        List.of(
            "1795496400001",
            "\"2026-11-24T05:00:00.001Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "9223372036854775808",
            "9".repeat(100_000),
            "\"2026-11-24T03:59:59-02:00\"")) {
      t.add(OUT_OF_RANGE, "event_time must be at most PT1H after", stockAt(time));
    }
    t.add(OUT_OF_RANGE, "items must have 1 to 200 elements, was 0", items("[]"));
    for (String quantity :
        List.of("0", "-1", "-0", "1000001", "9".repeat(30), "-" + "9".repeat(30))) {
      t.add(
          OUT_OF_RANGE,
          "items[0].quantity must be an integer from 1 to 1000000",
          sale("\"quantity\":2", "\"quantity\":" + quantity));
    }
    for (String stock : List.of("-1", "1000000001", "9223372036854775808")) {
      t.add(
          OUT_OF_RANGE,
          "items[0].available must be an integer from 0",
          with(STOCK, ":7", ":" + stock));
    }
    t.add(OUT_OF_RANGE, "available must be", items("[{\"item_id\":\"a\",\"available\":-1}]"));
    for (String price : List.of("-0.01", "-1", "-1e-6", "-1e900")) {
      t.add(OUT_OF_RANGE, "items[0].price must be at least 0", sale("12.99", price));
    }
    for (String price : List.of("1000000000000", "1e12", "1e15", "9".repeat(50), "1e900")) {
      t.add(OUT_OF_RANGE, "items[0].price must be below 1000000000000, was ", sale("12.99", price));
    }
    for (String price : List.of("0.0000001", "1e-7", "12.1234567", "999999999999.9999999")) {
      t.add(OUT_OF_RANGE, "items[0].price must have at most 6 decimals", sale("12.99", price));
    }
    for (String price : List.of("1e1001", "1e-1001", "0e999999999999", "1E+2147483648")) {
      t.add(OUT_OF_RANGE, "items[0].price must have an exponent between", sale("12.99", price));
    }
    for (String price :
        List.of(
            "",
            ".5",
            "5.",
            "-1",
            "+1",
            "1e3",
            "1,5",
            " 1",
            "1 ",
            "1234567890123",
            "1.1234567",
            "1.1.1",
            "\u0661",
            "NaN",
            "0x1",
            "1_000")) {
      t.add(OUT_OF_RANGE, "items[1].price must match [0-9]", sale("\"0.5\"", '"' + price + '"'));
    }
    t.add(
        OUT_OF_RANGE,
        "items[0].price x quantity must be below 1000000000000, was 500000000000 x 2",
        sale("12.99", "500000000000"));
    t.add(
        OUT_OF_RANGE,
        "items[0].price x quantity must be below",
        sale("12.99,\"quantity\":2", "1000000.000001,\"quantity\":1000000"));
    t.add(
        OUT_OF_RANGE, "items[0].price must be at least 0", with(VIEW, "1\"}", "1\",\"price\":-1}"));
    return t.rows;
  }

  @ParameterizedTest
  @MethodSource({"notJson", "wrongType", "missing", "outOfRange"})
  void isRefusedForTheRightReason(Bad bad) {
    Parsed parsed = Records.parse(bad.value());

    assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    Parsed.Rejected rejected = (Parsed.Rejected) parsed;
    assertThat(rejected.errorClass()).as(rejected.error()).isEqualTo(bad.errorClass());
    assertThat(rejected.error()).contains(bad.says()).doesNotContain("\n").hasSizeLessThan(400);
  }

  @Test
  void thereAreManyKinds() {
    assertThat(notJson().size() + wrongType().size() + missing().size() + outOfRange().size())
        .isGreaterThan(150);
  }

  private static String quoted() {
    return '"' + Records.ID + '"';
  }

  private static String stockAt(String time) {
    return with(STOCK, "1795492781250", time);
  }

  private static String items(String items) {
    return with(VIEW, "[{\"item_id\":\"SKU1\"}]", items);
  }

  private static String sale(String part, String replacement) {
    return with(PURCHASE, part, replacement);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String keys(int count) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count; i++) {
      keys.append("\"k").append(i).append("\":0,");
    }
    return keys.toString();
  }

  /** The record with its question marks overwritten, from the first on. */
  private static byte[] bytes(byte[] record, int... replacement) {
    byte[] copy = record.clone();
    int at = new String(record, StandardCharsets.US_ASCII).indexOf('?');
    for (int b : replacement) {
      copy[at++] = (byte) b;
    }
    return copy;
  }
}
