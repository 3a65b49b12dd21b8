package io.tillstream.local.data.traffic;

import static io.tillstream.local.data.traffic.DirtyRecord.MISSING_FIELD;
import static io.tillstream.local.data.traffic.DirtyRecord.NOT_JSON;
import static io.tillstream.local.data.traffic.DirtyRecord.OUT_OF_RANGE;
import static io.tillstream.local.data.traffic.DirtyRecord.WRONG_TYPE;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Every way we know in which a record breaks the contract's table, each with one fault only. What
 * the contract leaves open (say, a lower-case {@code z} in a time) does not stand here.
 */
public final class DirtyRecords {
  private static final List<DirtyRecord> ALL = build();

  private DirtyRecords() {}

  /** All kinds, each below 16 KiB. */
  public static List<DirtyRecord> all() {
    return ALL;
  }

  /** Close to the size limit of a Kafka record (1 MiB): too much to sprinkle into traffic. */
  public static List<DirtyRecord> large() {
    int size = 900_000;
    return List.of(
        bad("900 kB of one letter", NOT_JSON, "x".repeat(size)),
        bad("450,000 levels deep", NOT_JSON, deep(size / 2)),
        bad("event_id of 900 kB", OUT_OF_RANGE, view("\"event_id\":\"" + "e".repeat(size) + '"')),
        bad("price of 900,000 digits", OUT_OF_RANGE, item("\"price\":" + "9".repeat(size))));
  }

  private static List<DirtyRecord> build() {
    List<DirtyRecord> list = new ArrayList<>();
    notJson(list);
    notUtf8(list);
    missing(list);
    wrongType(list);
    ids(list);
    times(list);
    money(list);
    counts(list);
    return Collections.unmodifiableList(list);
  }

  private static void notJson(List<DirtyRecord> list) {
    String good = view("\"event_id\":\"d\"");
    add(list, NOT_JSON, "empty", "");
    add(list, NOT_JSON, "blanks only", "  \t ");
    add(list, NOT_JSON, "plain words", "hello world");
    add(list, NOT_JSON, "a CSV line", "536365,85123A,6,2010-12-01 08:26:00,2.55");
    add(list, NOT_JSON, "XML", "<event id=\"1\"/>");
    add(list, NOT_JSON, "cut off in a string", good.substring(0, 20));
    add(list, NOT_JSON, "closing brace missing", good.substring(0, good.length() - 1));
    add(list, NOT_JSON, "text behind the object", good + "x");
    add(list, NOT_JSON, "two objects", good + good);
    add(list, NOT_JSON, "a comma behind the object", good + ",");
    add(list, NOT_JSON, "comma before the closing brace", good.replace("}]}", "}],}"));
    add(list, NOT_JSON, "comma before the closing bracket", good.replace("}]}", "},]}"));
    add(list, NOT_JSON, "single quotes", good.replace('"', '\''));
    add(list, NOT_JSON, "bare field names", good.replace("\"items\"", "items"));
    add(list, NOT_JSON, "colon missing", good.replace("\"items\":", "\"items\""));
    add(list, NOT_JSON, "a comment", good.replace("{\"event_id", "{/* */\"event_id"));
    add(list, NOT_JSON, "NaN", item("\"price\":NaN"));
    add(list, NOT_JSON, "number with a plus", item("\"price\":+1.5"));
    add(list, NOT_JSON, "number with a leading zero", item("\"price\":01.5"));
    add(list, NOT_JSON, "number without a digit before the point", item("\"price\":.5"));
    add(list, NOT_JSON, "number without a digit behind the point", item("\"price\":1."));
    add(list, NOT_JSON, "hexadecimal number", item("\"quantity\":0x10"));
    add(
        list,
        NOT_JSON,
        "True with a capital",
        good.replace("{\"event_id", "{\"x\":True,\"event_id"));
    add(list, NOT_JSON, "control character in a string", view("\"event_id\":\"a\tb\""));
    add(list, NOT_JSON, "unknown escape", view("\"event_id\":\"a\\qb\""));
    add(list, NOT_JSON, "escape cut short", view("\"event_id\":\"a\\u12\""));
    add(list, NOT_JSON, "a key twice", view("\"event_id\":\"d\",\"event_id\":\"d\""));
    add(list, NOT_JSON, "a key twice in an item", item("\"price\":1.5,\"price\":1.5"));
    add(
        list,
        NOT_JSON,
        "a key twice by an escape",
        view("\"event_id\":\"d\",\"event\\u005fid\":\"d\""));
    add(list, NOT_JSON, "5,000 levels deep in an unknown field", deep(5000));
    add(list, NOT_JSON, "half a surrogate pair", view("\"event_id\":\"a\\ud83d\""));
    add(list, NOT_JSON, "surrogates in the wrong order", view("\"event_id\":\"\\ude00\\ud83d\""));
  }

  private static void notUtf8(List<DirtyRecord> list) {
    String good = view("\"event_id\":\"d\"");
    list.add(new DirtyRecord("byte order mark", NOT_JSON, bytes("", good, 0xEF, 0xBB, 0xBF)));
    list.add(
        new DirtyRecord(
            "UTF-16", NOT_JSON, good.replace("\n", "").getBytes(StandardCharsets.UTF_16BE)));
    list.add(new DirtyRecord("zero bytes", NOT_JSON, new byte[8]));
    utf8(list, "Latin-1 letter", 0xE9);
    utf8(list, "lonely continuation byte", 0x80);
    utf8(list, "overlong two bytes", 0xC0, 0xAF);
    utf8(list, "overlong three bytes", 0xE0, 0x80, 0xAF);
    utf8(list, "surrogate in three bytes", 0xED, 0xA0, 0x80);
    utf8(list, "beyond U+10FFFF", 0xF4, 0x90, 0x80, 0x80);
    utf8(list, "byte that UTF-8 never has", 0xFF);
    utf8(list, "character cut short", 0xE2, 0x82);
  }

  private static void utf8(List<DirtyRecord> list, String name, int... wrong) {
    String rest =
        "\",\"event_type\":\"view_item\",\"event_time\":\"2026-01-01T00:00:00Z\","
            + "\"items\":[{\"item_id\":\"SKU-00000\"}]}";
    list.add(new DirtyRecord(name, NOT_JSON, bytes("{\"event_id\":\"a", rest, wrong)));
    String unknown = rest.replaceFirst("\"", "\",\"event_id\":\"d\"");
    list.add(
        new DirtyRecord(
            name + " in an unknown field", NOT_JSON, bytes("{\"note\":\"a", unknown, wrong)));
  }

  private static void missing(List<DirtyRecord> list) {
    String good = view("\"event_id\":\"d\"");
    add(list, MISSING_FIELD, "empty object", "{}");
    add(list, MISSING_FIELD, "no event_id", good.replace("\"event_id\":\"d\",", ""));
    add(list, MISSING_FIELD, "event_id null", view("\"event_id\":null"));
    add(list, MISSING_FIELD, "no event_type", good.replace("event_type", "type"));
    add(list, MISSING_FIELD, "event_type null", good.replace("\"view_item\"", "null"));
    add(list, MISSING_FIELD, "no event_time", good.replace("event_time", "time"));
    add(list, MISSING_FIELD, "event_time null", time("null"));
    add(list, MISSING_FIELD, "no items", good.replace("\"items\"", "\"products\""));
    add(list, MISSING_FIELD, "items null", good.replaceFirst("\\[.*]", "null"));
    add(list, MISSING_FIELD, "no item_id", good.replace("item_id", "sku"));
    add(list, MISSING_FIELD, "item_id null", good.replace("\"SKU-00000\"", "null"));
    add(
        list,
        MISSING_FIELD,
        "no item_id in the second item",
        good.replace("}]}", "},{\"price\":1.5}]}")
            .replace("\"items\"", "\"currency\":\"USD\",\"items\""));
    add(list, MISSING_FIELD, "price without currency", good.replace("}]}", ",\"price\":1.5}]}"));
    add(
        list,
        MISSING_FIELD,
        "price, currency null",
        item("\"price\":1").replace("\"USD\"", "null"));
    add(
        list,
        MISSING_FIELD,
        "purchase without price",
        order("purchase", "\"T1\"", "\"quantity\":1"));
    add(list, MISSING_FIELD, "refund without price", order("refund", "\"T1\"", "\"quantity\":1"));
    add(list, MISSING_FIELD, "purchase, price null", order("purchase", "\"T1\"", "\"price\":null"));
    add(
        list,
        MISSING_FIELD,
        "purchase, transaction_id null",
        order("purchase", "null", "\"price\":1"));
    add(list, MISSING_FIELD, "refund, transaction_id null", order("refund", "null", "\"price\":1"));
    add(
        list,
        MISSING_FIELD,
        "purchase without transaction_id",
        order("purchase", "\"T1\"", "\"price\":1").replace("transaction_id", "order"));
    add(list, MISSING_FIELD, "stock update without available", stock("\"quantity\":3"));
    add(list, MISSING_FIELD, "stock update, available null", stock("\"available\":null"));
  }

  private static void wrongType(List<DirtyRecord> list) {
    String good = view("\"event_id\":\"d\"");
    add(list, WRONG_TYPE, "an array", "[" + good + "]");
    add(list, WRONG_TYPE, "a string", "\"view_item\"");
    add(list, WRONG_TYPE, "a number", "42");
    add(list, WRONG_TYPE, "true", "true");
    add(list, WRONG_TYPE, "null", "null");
    add(list, WRONG_TYPE, "event_id a number", view("\"event_id\":12345"));
    add(list, WRONG_TYPE, "event_id an object", view("\"event_id\":{\"$oid\":\"5f\"}"));
    add(list, WRONG_TYPE, "event_type a number", good.replace("\"view_item\"", "1"));
    add(list, WRONG_TYPE, "event_time true", time("true"));
    add(list, WRONG_TYPE, "event_time an object", time("{\"$date\":1767225600000}"));
    add(list, WRONG_TYPE, "event_time with decimals", time("1767225600.5"));
    add(list, WRONG_TYPE, "user_id a number", view("\"event_id\":\"d\",\"user_id\":17850"));
    add(list, WRONG_TYPE, "session_id an array", view("\"event_id\":\"d\",\"session_id\":[]"));
    add(list, WRONG_TYPE, "transaction_id a number", order("purchase", "1001", "\"price\":1"));
    add(list, WRONG_TYPE, "currency a number", item("\"price\":1").replace("\"USD\"", "840"));
    add(list, WRONG_TYPE, "items an object", good.replaceFirst("\\[(.*)]", "$1"));
    add(list, WRONG_TYPE, "items a string", good.replaceFirst("\\[.*]", "\"SKU-00000\""));
    add(list, WRONG_TYPE, "an item a string", good.replaceFirst("\\[.*]", "[\"SKU-00000\"]"));
    add(list, WRONG_TYPE, "item_id a number", good.replace("\"SKU-00000\"", "85123"));
    add(list, WRONG_TYPE, "price true", item("\"price\":true"));
    add(list, WRONG_TYPE, "price an object", item("\"price\":{\"amount\":1}"));
    add(list, WRONG_TYPE, "quantity a string", item("\"quantity\":\"2\""));
    add(list, WRONG_TYPE, "quantity with decimals", item("\"quantity\":1.5"));
    add(list, WRONG_TYPE, "available a string", stock("\"available\":\"7\""));
    add(list, WRONG_TYPE, "available false", stock("\"available\":false"));
  }

  private static void ids(List<DirtyRecord> list) {
    String good = view("\"event_id\":\"d\"");
    String tooLong = "\"" + "x".repeat(129) + "\"";
    add(list, OUT_OF_RANGE, "event_id empty", view("\"event_id\":\"\""));
    add(list, OUT_OF_RANGE, "event_id of 129 characters", view("\"event_id\":" + tooLong));
    add(list, OUT_OF_RANGE, "event_type unknown", good.replace("view_item", "page_view"));
    add(list, OUT_OF_RANGE, "event_type in capitals", good.replace("view_item", "VIEW_ITEM"));
    add(list, OUT_OF_RANGE, "event_type empty", good.replace("view_item", ""));
    add(list, OUT_OF_RANGE, "user_id empty", view("\"event_id\":\"d\",\"user_id\":\"\""));
    add(list, OUT_OF_RANGE, "user_id too long", view("\"event_id\":\"d\",\"user_id\":" + tooLong));
    add(list, OUT_OF_RANGE, "session_id empty", view("\"event_id\":\"d\",\"session_id\":\"\""));
    add(
        list,
        OUT_OF_RANGE,
        "session_id too long",
        view("\"event_id\":\"d\",\"session_id\":" + tooLong));
    add(list, OUT_OF_RANGE, "transaction_id empty", order("purchase", "\"\"", "\"price\":1"));
    add(list, OUT_OF_RANGE, "transaction_id too long", order("refund", tooLong, "\"price\":1"));
    add(list, OUT_OF_RANGE, "no item at all", good.replaceFirst("\\[.*]", "[]"));
    String items = "{\"item_id\":\"a\"},".repeat(200) + "{\"item_id\":\"a\"}";
    add(list, OUT_OF_RANGE, "201 items", good.replaceFirst("\\[.*]", "[" + items + "]"));
    add(list, OUT_OF_RANGE, "item_id empty", good.replace("SKU-00000", ""));
    add(list, OUT_OF_RANGE, "item_id too long", good.replace("\"SKU-00000\"", tooLong));
  }

  private static void times(List<DirtyRecord> list) {
    add(list, OUT_OF_RANGE, "event_time without offset", time("\"2026-01-01T00:00:00\""));
    add(list, OUT_OF_RANGE, "event_time with a blank", time("\"2026-01-01 00:00:00 UTC\""));
    add(list, OUT_OF_RANGE, "event_time a date", time("\"2026-01-01\""));
    add(list, OUT_OF_RANGE, "event_time in month 13", time("\"2026-13-01T00:00:00Z\""));
    add(list, OUT_OF_RANGE, "event_time on February 30", time("\"2026-02-30T00:00:00Z\""));
    add(list, OUT_OF_RANGE, "event_time at hour 25", time("\"2026-01-01T25:00:00Z\""));
    add(list, OUT_OF_RANGE, "event_time empty", time("\"\""));
    add(list, OUT_OF_RANGE, "event_time in words", time("\"yesterday\""));
    add(list, OUT_OF_RANGE, "event_time at the epoch", time("\"1970-01-01T00:00:00Z\""));
    add(list, OUT_OF_RANGE, "event_time before the epoch", time("\"1969-12-31T23:59:59.999Z\""));
    add(list, OUT_OF_RANGE, "event_time 0", time("0"));
    add(list, OUT_OF_RANGE, "event_time negative", time("-1000"));
    add(list, OUT_OF_RANGE, "event_time in the year 9999", time("\"9999-12-31T23:59:59Z\""));
    add(list, OUT_OF_RANGE, "event_time far ahead in milliseconds", time("32503680000000"));
    add(list, OUT_OF_RANGE, "event_time beyond 64 bits", time("99999999999999999999"));
  }

  private static void money(List<DirtyRecord> list) {
    add(list, OUT_OF_RANGE, "currency in small letters", item("\"price\":1").replace("USD", "usd"));
    add(list, OUT_OF_RANGE, "currency of two letters", item("\"price\":1").replace("USD", "US"));
    add(list, OUT_OF_RANGE, "currency a sign", item("\"price\":1").replace("USD", "$"));
    add(list, OUT_OF_RANGE, "price negative", item("\"price\":-1.5"));
    add(list, OUT_OF_RANGE, "price of 10^12", item("\"price\":1000000000000"));
    add(list, OUT_OF_RANGE, "price with 7 decimals", item("\"price\":0.0000001"));
    add(list, OUT_OF_RANGE, "price with an absurd exponent", item("\"price\":1e999999999"));
    add(
        list,
        OUT_OF_RANGE,
        "price with an absurd negative exponent",
        item("\"price\":1e-999999999"));
    add(list, OUT_OF_RANGE, "price of 400 digits", item("\"price\":" + "7".repeat(400)));
    add(list, OUT_OF_RANGE, "price text empty", item("\"price\":\"\""));
    add(list, OUT_OF_RANGE, "price text with a comma", item("\"price\":\"1,50\""));
    add(list, OUT_OF_RANGE, "price text with a sign", item("\"price\":\"-1.50\""));
    add(list, OUT_OF_RANGE, "price text with a currency", item("\"price\":\"$1.50\""));
    add(list, OUT_OF_RANGE, "price text with an exponent", item("\"price\":\"1e3\""));
    add(list, OUT_OF_RANGE, "price text with blanks", item("\"price\":\" 1.50\""));
    add(list, OUT_OF_RANGE, "price text of 13 digits", item("\"price\":\"1000000000000\""));
    add(list, OUT_OF_RANGE, "price text with 7 decimals", item("\"price\":\"1.0000001\""));
    add(list, OUT_OF_RANGE, "price text, other digits", item("\"price\":\"١٢\""));
    add(
        list,
        OUT_OF_RANGE,
        "price x quantity of 10^12",
        item("\"price\":1000000,\"quantity\":1000000"));
    add(
        list,
        OUT_OF_RANGE,
        "price x quantity beyond 64 bits of micros",
        order("purchase", "\"T1\"", "\"price\":999999999999.999999,\"quantity\":1000000"));
  }

  private static void counts(List<DirtyRecord> list) {
    add(list, OUT_OF_RANGE, "quantity 0", item("\"quantity\":0"));
    add(list, OUT_OF_RANGE, "quantity negative", item("\"quantity\":-3"));
    add(list, OUT_OF_RANGE, "quantity of 1,000,001", item("\"quantity\":1000001"));
    add(list, OUT_OF_RANGE, "quantity of 2^32 + 1", item("\"quantity\":4294967297"));
    add(list, OUT_OF_RANGE, "quantity beyond 64 bits", item("\"quantity\":18446744073709551617"));
    add(list, OUT_OF_RANGE, "available negative", stock("\"available\":-1"));
    add(list, OUT_OF_RANGE, "available of 10^9 + 1", stock("\"available\":1000000001"));
    add(
        list,
        OUT_OF_RANGE,
        "available beyond 64 bits",
        stock("\"available\":18446744073709551623"));
  }

  private static String deep(int levels) {
    return view("\"event_id\":\"d\",\"x\":" + "[".repeat(levels) + "]".repeat(levels));
  }

  private static String view(String first) {
    return "{"
        + first
        + ",\"event_type\":\"view_item\",\"event_time\":\"2026-01-01T00:00:00Z\","
        + "\"items\":[{\"item_id\":\"SKU-00000\"}]}";
  }

  private static String time(String time) {
    return view("\"event_id\":\"d\"").replace("\"2026-01-01T00:00:00Z\"", time);
  }

  private static String item(String more) {
    return view("\"event_id\":\"d\",\"currency\":\"USD\"").replace("}]}", "," + more + "}]}");
  }

  private static String order(String type, String transaction, String more) {
    return item(more)
        .replace("view_item", type)
        .replace("\"currency\"", "\"transaction_id\":" + transaction + ",\"currency\"");
  }

  private static String stock(String more) {
    return item(more).replace("view_item", "inventory_update");
  }

  private static void add(List<DirtyRecord> list, String errorClass, String name, String text) {
    list.add(bad(name, errorClass, text));
  }

  private static DirtyRecord bad(String name, String errorClass, String text) {
    return new DirtyRecord(name, errorClass, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes between two texts; with an empty first text they come first. */
  private static byte[] bytes(String before, String after, int... between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
    for (int b : between) {
      out.write(b);
    }
    out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
