package io.tillstream.routing.event;

import static io.tillstream.routing.event.Records.PURCHASE;
import static io.tillstream.routing.event.Records.RECORD_TIME;
import static io.tillstream.routing.event.Records.STOCK;
import static io.tillstream.routing.event.Records.VIEW;
import static io.tillstream.routing.event.Records.accepted;
import static io.tillstream.routing.event.Records.parse;
import static io.tillstream.routing.event.Records.utf8;
import static io.tillstream.routing.event.Records.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventParserTest {
  private static final long TIME = 1_795_492_781_250L;

  @Test
  void readsAView() {
    ShopEvent event = accepted(VIEW);

    assertThat(event.id()).isEqualTo(Id128.of(Records.ID));
    assertThat(event.type()).isEqualTo(EventType.VIEW_ITEM);
    assertThat(event.eventTime()).isEqualTo(TIME);
    assertThat(event.recordTime()).isEqualTo(RECORD_TIME);
    assertThat(event.userId()).isNull();
    assertThat(event.session()).isNull();
    assertThat(event.currency()).isNull();
    assertThat(event.lines()).containsExactly(new EventLine("SKU1", 1, 0, EventLine.NO_STOCK));
  }

  @Test
  void readsAPurchaseToTheMicro() {
    ShopEvent event = accepted(PURCHASE);

    assertThat(event.id()).isEqualTo(Id128.of("e-1"));
    assertThat(event.userId()).isEqualTo("u1");
    assertThat(event.session()).isEqualTo(Id128.of("s1"));
    assertThat(event.currency()).isEqualTo("USD");
    assertThat(event.lines())
        .containsExactly(
            new EventLine("SKU1", 2, 25_980_000, EventLine.NO_STOCK),
            new EventLine("SKU2", 1, 500_000, EventLine.NO_STOCK));
  }

  @Test
  void readsStock() {
    ShopEvent event = accepted(STOCK);

    assertThat(event.type()).isEqualTo(EventType.INVENTORY_UPDATE);
    assertThat(event.eventTime()).isEqualTo(TIME);
    assertThat(event.lines()).containsExactly(new EventLine("SKU1", 1, 0, 7));
  }

  @Test
  void keepsOnlyWhatTheTypeNeeds() {
    String refund = with(PURCHASE, "\"purchase\"", "\"refund\"");
    assertThat(accepted(refund).session()).isNull();
    assertThat(accepted(refund).userId()).isEqualTo("u1");

    ShopEvent cart = accepted(with(PURCHASE, "\"purchase\"", "\"add_to_cart\""));
    assertThat(cart.session()).isEqualTo(Id128.of("s1"));
    assertThat(cart.userId()).isNull();
    assertThat(cart.currency()).isNull();
    assertThat(cart.lines().get(0)).isEqualTo(new EventLine("SKU1", 2, 0, EventLine.NO_STOCK));

    String viewWithStock = with(VIEW, "\"SKU1\"", "\"SKU1\",\"available\":3");
    assertThat(accepted(viewWithStock).lines().get(0).available()).isEqualTo(EventLine.NO_STOCK);
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() {
    String reversed =
        """
        {"items":[{"quantity":2,"price":12.99,"item_id":"SKU1"},{"price":"0.5","item_id":"SKU2"}],\
        "currency":"USD","transaction_id":"T1","session_id":"s1","user_id":"u1",\
        "event_time":"2026-11-24T03:59:41.250Z","event_type":"purchase","event_id":"e-1"}""";
    assertThat(parse(reversed)).isEqualTo(parse(PURCHASE));

    String typeLast =
        with(
            with(PURCHASE, "\"event_type\":\"purchase\",", ""),
            "\"0.5\"}]",
            "\"0.5\"}],\"event_type\":\"view_item\"");
    assertThat(accepted(typeLast).userId()).isNull();
    assertThat(accepted(typeLast).session()).isNull();
  }

  @Test
  void oneParserCarriesNothingFromRecordToRecord() {
    EventParser parser = new EventParser(EventParser.Options.DEFAULT);
    String[] records = {
      PURCHASE, "{\"event_id\":\"x\"", VIEW, with(PURCHASE, "12.99", "-1"), STOCK, "[]", "{}", VIEW
    };
    for (String record : records) {
      assertThat(parser.parse(utf8(record), RECORD_TIME)).as(record).isEqualTo(parse(record));
    }
    assertThat(parser.parse(null, RECORD_TIME)).isInstanceOf(Parsed.Rejected.class);
    assertThat(parser.parse(utf8(PURCHASE), RECORD_TIME)).isEqualTo(parse(PURCHASE));
  }

  @Test
  void timeIsBoundByTheRecordsTimestamp() {
    EventParser parser = new EventParser(new EventParser.Options(Duration.ofSeconds(10)));

    assertThat(parser.parse(utf8(VIEW), TIME - 10_000)).isInstanceOf(Parsed.Accepted.class);
    assertThat(parser.parse(utf8(VIEW), TIME - 10_001))
        .isEqualTo(
            new Parsed.Rejected(
                ErrorClass.OUT_OF_RANGE,
                "event_time must be at most PT10S after the record's timestamp "
                    + (TIME - 10_001)
                    + ", was \"2026-11-24T03:59:41.250Z\""));
    assertThat(parser.parse(utf8(VIEW), Long.MAX_VALUE)).isInstanceOf(Parsed.Accepted.class);
    assertThat(parser.parse(utf8(VIEW), Long.MIN_VALUE)).isInstanceOf(Parsed.Rejected.class);
    assertThatThrownBy(() -> new EventParser.Options(Duration.ofMillis(-1)))
        .hasMessageContaining("maxAhead");
  }

  @Test
  void twoHundredItemsAreTheMost() {
    assertThat(accepted(viewOf(200)).lines()).hasSize(200);
    assertThat(parse(viewOf(201)))
        .isEqualTo(
            new Parsed.Rejected(
                ErrorClass.OUT_OF_RANGE, "items must have 1 to 200 elements, was 201"));
    assertThat(parse(viewOf(20_000)).toString()).contains("was 20000");
  }

  private static String viewOf(int items) {
    String list =
        IntStream.range(0, items)
            .mapToObj(i -> "{\"item_id\":\"SKU" + i + "\"}")
            .collect(Collectors.joining(","));
    return with(VIEW, "{\"item_id\":\"SKU1\"}", list);
  }

  @Test
  void theTextOfAnErrorIsOneShortLine() {
    String hostile = "x".repeat(5_000_000) + "\\n\\u0000\\u202e";
    Parsed parsed = parse(with(PURCHASE, "\"u1\"", '"' + hostile + '"'));
    assertThat(((Parsed.Rejected) parsed).error())
        .startsWith("user_id must have 1 to 128 characters, was \"xxx")
        .endsWith("x\"… (5000003 characters)")
        .hasSizeLessThan(200);

    Parsed controls = parse(with(PURCHASE, "\"USD\"", "\"\\n\\u0000\\u202e\""));
    assertThat(((Parsed.Rejected) controls).error())
        .isEqualTo("currency must match [A-Z]{3}, was \"\\u000a\\u0000\\u202e\"");
  }

  @Test
  void aCharacterOutsideTheBasicPlaneCountsOnce() {
    assertThat(accepted(with(VIEW, "SKU1", "😀".repeat(128))).lines().get(0).itemId())
        .isEqualTo("😀".repeat(128));
    assertThat(parse(with(VIEW, "SKU1", "😀".repeat(129)))).isInstanceOf(Parsed.Rejected.class);
  }

  @Test
  void theEventIdIsReadFromTheBytes() {
    assertThat(EventTexts.eventId(utf8(PURCHASE))).isEqualTo("e-1");
    assertThat(EventTexts.eventId(utf8("{\"x\":{\"event_id\":\"no\"},\"event_id\":\"\\u00e9\"}")))
        .isEqualTo("é");
    assertThat(EventTexts.eventId(utf8("{\"event_id\":5}"))).isNull();
    assertThat(EventTexts.eventId(utf8("[1"))).isNull();
    assertThat(EventTexts.eventId(new byte[0])).isNull();
    assertThat(EventTexts.eventId(null)).isNull();
  }
}
