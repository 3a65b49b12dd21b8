package io.tillstream.routing.event;

import static io.tillstream.routing.event.Records.PURCHASE;
import static io.tillstream.routing.event.Records.STOCK;
import static io.tillstream.routing.event.Records.VIEW;
import static io.tillstream.routing.event.Records.accepted;
import static io.tillstream.routing.event.Records.parse;
import static io.tillstream.routing.event.Records.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that look wrong and are not. */
class OddRecordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "true",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "-0",
        "1e999999999",
        "-1.5E-99999",
        "{\"a\":1,\"a\":2}",
        "[{\"event_id\":1},{\"event_id\":1}]",
        "{\"\":{\"\":[]}}",
        "[]",
        "{}",
        "\"\u0000e9\\n\\/\\b\"",
        "\"😀\"",
        "\"\\ufeff\"",
        "12345678901234567890123456789012345678"
      })
  void unknownFieldsAreIgnored(String value) {
    if (value.indexOf('\u0000') >= 0) {
      value = value.replace("\u0000", "\\u00");
    }
    String field = "\"items\"";
    assertThat(parse(with(VIEW, field, "\"x\":" + value + "," + field))).isEqualTo(parse(VIEW));
    assertThat(parse(with(VIEW, "1\"}", "1\",\"x\":" + value + "}"))).isEqualTo(parse(VIEW));
  }

  @Test
  void unknownFieldsMayBeHuge() {
    String deep = "[".repeat(999) + "]".repeat(999);
    String[] values = {
      '"' + "x".repeat(25_000_000) + '"',
      "7".repeat(2_000_000),
      "0." + "7".repeat(2_000_000) + "e-5",
      deep,
      "{\"" + "n".repeat(200_000) + "\":1}",
      "[" + "1,".repeat(300_000) + "1]",
    };
    for (String value : values) {
      assertThat(parse(with(VIEW, "\"items\"", "\"x\":" + value + ",\"items\"")))
          .as(value.substring(0, 20))
          .isEqualTo(parse(VIEW));
    }
    String name = '"' + "n".repeat(3_000_000) + "\":1,\"items\"";
    assertThat(parse(with(VIEW, "\"items\"", name))).isEqualTo(parse(VIEW));
  }

  @Test
  void unknownFieldsMayBeMany() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      fields.append("\"k").append(i).append("\":").append(i).append(',');
    }
    assertThat(parse(with(VIEW, "\"items\"", fields + "\"items\""))).isEqualTo(parse(VIEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id", "session_id", "transaction_id", "currency"})
  void nullMeansAbsent(String field) {
    assertThat(parse(with(VIEW, "\"items\"", '"' + field + "\":null,\"items\"")))
        .isEqualTo(parse(VIEW));
  }

  @Test
  void nullMeansAbsentInItemsToo() {
    assertThat(
            parse(with(VIEW, "1\"}", "1\",\"price\":null,\"quantity\":null,\"available\":null}")))
        .isEqualTo(parse(VIEW));
  }

  @Test
  void spaceAroundAndWithinDoesNotMatter() {
    assertThat(parse(" \r\n\t" + VIEW.replace(":\"", " :\n\t\"").replace(",", "\r\n,") + "\n \n"))
        .isEqualTo(parse(VIEW));
  }

  @Test
  void namesAndWordsMayBeEscaped() {
    String escaped = VIEW.replace("event_id", "event\\u005fid").replace("view", "\\u0076iew");
    assertThat(parse(escaped)).isEqualTo(parse(VIEW));
    assertThat(accepted(with(VIEW, "SKU1", "\\ud83d\\ude00")).lines().get(0).itemId())
        .isEqualTo("😀");
  }

  @Test
  void idsMayBeAnything() {
    assertThat(accepted(with(VIEW, "SKU1", " ")).lines().get(0).itemId()).isEqualTo(" ");
    assertThat(accepted(with(VIEW, "SKU1", "\\u0000|\\\"é")).lines().get(0).itemId())
        .isEqualTo("\0|\"é");
    String upper = Records.ID.toUpperCase(Locale.ROOT);
    assertThat(accepted(with(VIEW, Records.ID, upper)).id())
        .isEqualTo(Id128.of(upper))
        .isNotEqualTo(accepted(VIEW).id());
    String longest = "é".repeat(128);
    assertThat(accepted(with(VIEW, Records.ID, longest)).id()).isEqualTo(Id128.of(longest));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "-0.0e5,0",
    "0.000000,0",
    "0e-900,0",
    "0.000001,1",
    "1e-6,1",
    "10e-7,1",
    "0.01,10000",
    "0.1,100000",
    "12.990000000000,12990000",
    "1.5E3,1500000000",
    "15e+2,1500000000",
    "0.000000000001e12,1000000",
    "999999999999.999999,999999999999999999",
    "999999999999999999e-6,999999999999999999",
    "9.99999999999999999e11,999999999999999999",
    "90071992547.409930,90071992547409930",
    "4503599627.370497,4503599627370497",
    "1000000000000.000000e-1,100000000000000000"
  })
  void aPriceCountsByItsExactValue(String price, long micros) {
    String purchase = with(PURCHASE, "12.99,\"quantity\":2", price);
    assertThat(accepted(purchase).lines().get(0).amountMicros()).isEqualTo(micros);
  }

  @Test
  void aPriceMayHaveManyZeros() {
    String number = "1" + "0".repeat(900) + "e-900";
    assertThat(
            accepted(with(PURCHASE, "12.99,\"quantity\":2", number)).lines().get(0).amountMicros())
        .isEqualTo(1_000_000);
    String decimals = "1." + "0".repeat(100_000);
    assertThat(
            accepted(with(PURCHASE, "12.99,\"quantity\":2", decimals))
                .lines()
                .get(0)
                .amountMicros())
        .isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "007.50,7500000",
    "000000000000.000001,1",
    "999999999999.999999,999999999999999999",
    "0.1,100000"
  })
  void aPriceMayBeAString(String price, long micros) {
    assertThat(accepted(with(PURCHASE, "0.5", price)).lines().get(1).amountMicros())
        .isEqualTo(micros);
  }

  @Test
  void theHighestAmount() {
    String million = "12.99,\"quantity\":2";
    assertThat(
            accepted(with(PURCHASE, million, "999999.999999,\"quantity\":1000000"))
                .lines()
                .get(0)
                .amountMicros())
        .isEqualTo(999_999_999_999_000_000L);
    assertThat(
            accepted(with(PURCHASE, million, "499999999999.999999,\"quantity\":2"))
                .lines()
                .get(0)
                .amountMicros())
        .isEqualTo(999_999_999_999_999_998L);
  }

  @Test
  void boundsAreInclusive() {
    assertThat(accepted(with(STOCK, ":7", ":0")).lines().get(0).available()).isZero();
    assertThat(accepted(with(STOCK, ":7", ":-0")).lines().get(0).available()).isZero();
    assertThat(accepted(with(STOCK, ":7", ":1000000000")).lines().get(0).available())
        .isEqualTo(1_000_000_000);
    assertThat(accepted(with(STOCK, "1795492781250", "1")).eventTime()).isEqualTo(1);
    assertThat(accepted(with(STOCK, "1795492781250", "1795496400000")).eventTime())
        .isEqualTo(Records.RECORD_TIME + 3_600_000);
  }

  @Test
  void aSaleOfManyCurrenciesInTurn() {
    EventParser parser = new EventParser(EventParser.Options.DEFAULT);
    for (String currency : new String[] {"EUR", "USD", "JPY", "JPY", "XXX", "USD"}) {
      byte[] value = Records.utf8(with(PURCHASE, "USD", currency));
      Parsed parsed = parser.parse(value, Records.RECORD_TIME);
      assertThat(((Parsed.Accepted) parsed).event().currency()).isEqualTo(currency);
    }
  }
}
