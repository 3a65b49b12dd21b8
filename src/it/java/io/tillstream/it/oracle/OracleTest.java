package io.tillstream.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers were worked out by hand. */
class OracleTest {
  private static final String VIEW_A =
      "{'event_id':'1','event_type':'view_item','event_time':@1,'items':[{'item_id':'A'}]}";
  private static final String VIEW_AB =
      "{'event_id':'2','event_type':'view_item','event_time':@2,"
          + "'items':[{'item_id':'A'},{'item_id':'B'}]}";
  private static final String BUY =
      "{'event_id':'3','event_type':'purchase','event_time':@3,'user_id':'u','session_id':'s',"
          + "'transaction_id':'t','currency':'USD','items':[{'item_id':'A','price':12.99,"
          + "'quantity':2},{'item_id':'B','price':'0.005'}]}";
  private static final String STOCK_1 =
      "{'event_id':'4','event_type':'inventory_update','event_time':@5,"
          + "'items':[{'item_id':'A','available':9},{'item_id':'C','available':4}]}";
  private static final String STOCK_2 =
      "{'event_id':'5','event_type':'inventory_update','event_time':@5,"
          + "'items':[{'item_id':'A','available':7}]}";
  private static final String BROKEN = "{'event_id':6}";

  private final Desk desk = new Desk();

  @BeforeEach
  void aSmallDay() {
    desk.catalog.add(Desk.tree("{'item_id':'A','category':'shoes'}"));
    desk.catalog.add(Desk.tree("{'user_id':'u','segment':'vip'}"));
    desk.event(VIEW_A).event(VIEW_AB).event(1, BUY).event(VIEW_A).event(BROKEN);
    desk.event(STOCK_1).event(STOCK_2);
    desk.deadLetter(4, "WRONG_TYPE", BROKEN);
    desk.row(
        "product",
        "A",
        0,
        "{'views':2,'purchases':1,'units':2,'revenue':{'USD':'25.98'},'refunds':{'USD':'0.00'},"
            + "'conversion_rate':0.5,'available':7,'available_at':@5,'category':'shoes',"
            + "'degraded':0}");
    desk.row(
        "product",
        "B",
        0,
        "{'views':1,'purchases':1,'units':1,'revenue':{'USD':'0.005'},'conversion_rate':1,"
            + "'category':'unknown'}");
    desk.row("product", "C", 0, "{'views':0,'available':4,'available_at':@5}");
    desk.row(
        "category",
        "shoes",
        0,
        "{'views':2,'purchases':1,'units':2,'revenue':{'USD':'25.98'},'conversion_rate':0.5}");
    desk.row(
        "category",
        "unknown",
        0,
        "{'views':1,'purchases':1,'units':1,'revenue':{'USD':'0.005'},'conversion_rate':1}");
    desk.row("segment", "vip", 0, "{'purchases':2,'units':3,'revenue':{'USD':'25.985'}}");
    desk.row(
        "shop",
        "all",
        0,
        "{'views':3,'purchases':2,'units':3,'revenue':{'USD':'25.985'},'orders':1,"
            + "'conversion_rate':0.6667,'carts_opened':0,'carts_abandoned':0,"
            + "'abandonment_rate':null}");
    desk.status =
        Desk.tree(
            "{'ledger':{'in':7,'aggregated':5,'duplicate':1,'late':0,'dead_lettered':1,"
                + "'degraded_open':0,'balanced':true}}");
  }

  @Test
  void aRightDayHasNoDifference() {
    OracleReport report = desk.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(report.count("aggregated")).isEqualTo(5);
    assertThat(report.count("rows")).isEqualTo(7);
    assertThat(report.toString()).startsWith("oracle: no difference; {aggregated=5");
  }

  @Test
  void aWrongNumberIsFoundInItsRow() {
    desk.row(
        "product",
        "B",
        0,
        "{'views':2,'purchases':1,'units':1,'revenue':{'USD':'0.01'},"
            + "'conversion_rate':0.5,'category':'unknown'}");
    OracleReport report = desk.check();
    assertThat(report.differences()).containsOnlyKeys("row views", "row revenue.USD");
    assertThat(report.first())
        .contains("row views: product|B|2026-01-01T12:00:00Z: views is 2, must be 1");
  }

  @Test
  void theHighestVersionCountsAndVersionsMustRise() {
    desk.row("shop", "all", 0, "{'version':1,'views':99}");
    assertThat(desk.check().differences()).containsOnlyKeys("version falls");
  }

  @Test
  void aMissingRowIsMissed() {
    desk.metrics.remove(3);
    assertThat(desk.check().differences()).containsOnlyKeys("row missing");
  }

  @Test
  void aRowOfZerosMayBeLeftOver() {
    desk.row("category", "gone", 0, "{'views':0,'revenue':{'USD':'0.00'}}");
    desk.row("product", "Z", 0, "{'views':0,'category':'gone'}");
    assertThat(desk.check().clean()).isTrue();
    desk.row("category", "gone", 0, "{'views':1,'conversion_rate':0}");
    assertThat(desk.check().differences()).containsOnlyKeys("row views");
  }

  @Test
  void theSmallerStockWinsATie() {
    desk.row("product", "C", 0, "{'available':4,'available_at':@6}");
    assertThat(desk.check().differences()).containsOnlyKeys("row available_at");
  }

  @Test
  void aggregatorsAreJoined() {
    desk.metrics.remove(1);
    desk.row("product", "B", 0, "{'views':1,'category':'unknown'}");
    desk.row(
        "product",
        "B",
        0,
        "{'aggregator':'backup','purchases':1,'units':1,'revenue':{'USD':'0.005'},"
            + "'category':'unknown','conversion_rate':null}");
    OracleReport report = desk.check();
    // The row with a view and no purchase must say 0, not nothing.
    assertThat(report.differences()).containsOnlyKeys("row conversion_rate");
    assertThat(report.size()).isEqualTo(1);
  }

  @Test
  void eachAggregatorMayHoldAPart() {
    desk.metrics.removeIf(r -> new String(r.key(), StandardCharsets.UTF_8).contains("|A|"));
    desk.metrics.removeIf(r -> new String(r.key(), StandardCharsets.UTF_8).startsWith("shop|"));
    desk.row(
        "product",
        "A",
        0,
        "{'views':2,'conversion_rate':0,'available':9,'available_at':@5,'category':'shoes'}");
    desk.row(
        "product",
        "A",
        0,
        "{'aggregator':'backup','purchases':1,'units':2,'revenue':{'USD':'25.98'},"
            + "'available':7,'available_at':@5}");
    String backup =
        "{'aggregator':'backup','purchases':2,'units':3,'revenue':{'USD':'25.985'},'orders':1}";
    desk.row("shop", "all", 0, "{'views':3,'conversion_rate':0}").row("shop", "all", 0, backup);
    // Its category is missing where it counted lines.
    assertThat(desk.check().differences()).containsOnlyKeys("row category");
    desk.row(
        "product",
        "A",
        0,
        "{'aggregator':'backup','purchases':1,'units':2,'revenue':{'USD':'25.98'},"
            + "'available':7,'available_at':@5,'category':'shoes'}");
    OracleReport report = desk.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(report.count("published rows")).isEqualTo(7);
  }

  @Test
  void theHighestVersionCountsOfEachAggregator() {
    String rows = "{'aggregator':'backup','version':%d,'views':%d,'conversion_rate':%s}";
    desk.row("shop", "all", 0, rows.formatted(900, 5, "0"));
    desk.row("shop", "all", 0, rows.formatted(901, 0, "null"));
    desk.row("category", "gone", 0, "{'views':0}");
    assertThat(desk.check().clean()).as(desk.check().toString()).isTrue();
    desk.row("shop", "all", 0, rows.formatted(902, 1, "0"));
    assertThat(desk.check().differences()).containsOnlyKeys("row views");
  }

  @Test
  void noAggregatorMayTakeBackWhatTheOtherCounted() {
    desk.row("category", "unknown", 0, "{'aggregator':'backup','degraded':1}");
    desk.metrics.remove(4);
    desk.row(
        "category",
        "unknown",
        0,
        "{'views':1,'purchases':1,'units':1,'revenue':{'USD':'0.005'},'conversion_rate':1,"
            + "'degraded':-1}");
    assertThat(desk.check().differences()).containsOnlyKeys("row negative");
  }

  @Test
  void cartsStandInOneAggregatorsRow() {
    Desk carts = new Desk();
    carts.options = carts.options.withCartTimeout(Duration.ofSeconds(60));
    String add =
        "{'event_id':'c','event_type':'add_to_cart','event_time':@1,'session_id':'s',"
            + "'items':[{'item_id':'A'}]}";
    carts.event(add).event(VIEW_A.replace("@1", "@200"));
    carts.row("product", "A", 0, "{'add_to_carts':1,'category':'unknown'}");
    carts.row("category", "unknown", 0, "{'add_to_carts':1}");
    carts.row("shop", "all", 0, "{'add_to_carts':1,'carts_opened':1}");
    carts.row("product", "A", 180, "{'views':1,'conversion_rate':0,'category':'unknown'}");
    carts.row("category", "unknown", 180, "{'views':1,'conversion_rate':0.0}");
    carts.row("shop", "all", 180, "{'views':1,'conversion_rate':0}");
    carts.row("shop", "all", 60, "{'aggregator':'backup'}");
    carts.row("shop", "all", 60, "{'carts_abandoned':1,'abandonment_rate':1.0}");
    OracleReport report = carts.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    carts.row("shop", "all", 60, "{'carts_abandoned':1}");
    assertThat(carts.check().differences()).containsOnlyKeys("row abandonment_rate");
    carts.row("shop", "all", 60, "{'carts_abandoned':1,'abandonment_rate':0.5}");
    assertThat(carts.check().differences()).containsOnlyKeys("row abandonment_rate");
  }

  @Test
  void anEventThatNoAggregationTookIsADeadLetter() {
    String failed =
        "{'event_id':'8','event_type':'add_to_cart','event_time':@7,'session_id':'s',"
            + "'items':[{'item_id':'A'},{'item_id':'D'}]}";
    desk.event(failed).event(failed).failed(7, failed).failed(7, failed);
    // Its lines are nowhere; what it did to its cart was told before it failed.
    desk.metrics.remove(6);
    desk.row(
        "shop",
        "all",
        0,
        "{'views':3,'purchases':2,'units':3,'revenue':{'USD':'25.985'},'orders':1,"
            + "'conversion_rate':0.6667,'carts_opened':1}");
    desk.status =
        Desk.tree(
            "{'in':9,'aggregated':5,'duplicate':2,'late':0,'dead_lettered':2,"
                + "'degraded_open':0,'balanced':true}");
    assertThat(desk.check().differences()).containsKey("dead letter unexpected");

    desk.options = desk.options.allowingFailed();
    OracleReport report = desk.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(report.count("failed")).isEqualTo(1);
    assertThat(report.count("dead_lettered")).isEqualTo(2);
    assertThat(report.count("duplicate")).isEqualTo(2);
  }

  @Test
  void lettersOfEventsThatFailedAreCompared() {
    desk.options = desk.options.allowingFailed();
    desk.status = null;
    desk.failed(6, STOCK_2 + " ");
    assertThat(desk.check().differences()).containsKey("failed event bytes");
    desk.deadLetters.clear();
    desk.deadLetter(4, "WRONG_TYPE", BROKEN);
    desk.failed(4, BROKEN).failed(99, VIEW_A);
    assertThat(desk.check().differences()).containsOnlyKeys("failed event").hasSize(1);
    assertThat(desk.check().size()).isEqualTo(2);
    desk.deadLetters.clear();
    // The repetition of the first view: whichever of the two was taken, it is the same event.
    desk.deadLetter(4, "WRONG_TYPE", BROKEN).failed(3, VIEW_A);
    assertThat(desk.check().count("failed")).isEqualTo(1);
    assertThat(desk.check().differences()).doesNotContainKey("failed event");
  }

  @Test
  void moneyIsWrittenAsItShould() {
    desk.row("segment", "vip", 0, "{'purchases':2,'units':3,'revenue':{'USD':'25.9850'}}");
    assertThat(desk.check().differences()).containsOnlyKeys("row revenue.USD as text");
  }

  @Test
  void degradedLinesAreAllowedOnlyWhenAskedFor() {
    desk.metrics.removeIf(r -> new String(r.key(), StandardCharsets.UTF_8).startsWith("category"));
    desk.row(
        "category",
        "unknown",
        0,
        "{'views':3,'purchases':2,'units':3,'revenue':{'USD':'25.985'},'conversion_rate':0.6667,"
            + "'degraded':5}");
    assertThat(desk.check().differences()).containsKeys("row degraded", "row missing");
    desk.options = desk.options.allowingDegraded();
    assertThat(desk.check().clean()).isTrue();
  }

  @Test
  void deadLettersAreCompared() {
    desk.deadLetter(0, "NOT_JSON", VIEW_A);
    assertThat(desk.check().differences()).containsOnlyKeys("dead letter unexpected");
    desk.deadLetters.clear();
    assertThat(desk.check().differences()).containsOnlyKeys("dead letter missing");
    desk.deadLetter(4, "OUT_OF_RANGE", BROKEN + " ");
    assertThat(desk.check().differences())
        .containsOnlyKeys("dead letter bytes", "dead letter class");
  }

  @Test
  void theLedgerIsCompared() {
    desk.status =
        Desk.tree(
            "{'in':7,'aggregated':6,'duplicate':0,'late':0,'dead_lettered':1,"
                + "'degraded_open':2,'balanced':false}");
    assertThat(desk.check().differences()).containsEntry("ledger", 4);
  }

  @Test
  void lateEventsAreTakenFromTheirTopic() {
    String late =
        "{'event_id':'7','event_type':'view_item','event_time':@9,'items':[{'item_id':'A'}]}";
    // Noon's window may be corrected until the watermark reaches 119.999 s, so an event of 124.999.
    String newer =
        "{'event_id':'8','event_type':'inventory_update','event_time':@124.999,"
            + "'items':[{'item_id':'A','available':1}]}";
    desk.status = null;
    desk.event(newer).event(late).late("7", late);
    desk.row("product", "A", 120, "{'available':1,'available_at':@124.999}");
    OracleReport report = desk.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(report.count("late")).isEqualTo(1);
    desk.late("7", late.replace("'A'", "'B'"));
    assertThat(desk.check().differences()).containsOnlyKeys("late event");
  }

  @Test
  void whatCannotHaveBeenLateIsFound() {
    desk.late("1", VIEW_A);
    assertThat(desk.check().differences()).containsKey("late event");
  }

  @Test
  void anIdMayComeAgainAfterTheDedupWindow() {
    desk.status = null;
    String again = VIEW_A.replace("@1", "@301.001");
    desk.event(again);
    assertThat(desk.check().count("duplicate")).isEqualTo(1);
    desk.event(VIEW_A.replace("@1", "@300"));
    assertThat(desk.check().count("duplicate")).isEqualTo(2);
  }

  @Test
  void cartsStandInTheShopsRow() {
    Desk carts = new Desk();
    carts.options = carts.options.withCartTimeout(Duration.ofSeconds(60));
    String add =
        "{'event_id':'c','event_type':'add_to_cart','event_time':@10,'session_id':'s',"
            + "'items':[{'item_id':'A'}]}";
    carts.event(add).event(VIEW_A.replace("@1", "@200"));
    carts.row("product", "A", 0, "{'add_to_carts':1,'category':'unknown'}");
    carts.row("category", "unknown", 0, "{'add_to_carts':1}");
    carts.row("shop", "all", 0, "{'add_to_carts':1,'carts_opened':1}");
    carts.row("shop", "all", 60, "{'carts_abandoned':1,'abandonment_rate':1.0}");
    carts.row("product", "A", 180, "{'views':1,'conversion_rate':0,'category':'unknown'}");
    carts.row("category", "unknown", 180, "{'views':1,'conversion_rate':0.0}");
    carts.row("shop", "all", 180, "{'views':1,'conversion_rate':0}");
    OracleReport report = carts.check();
    assertThat(report.clean()).as(report.toString()).isTrue();
    carts.row("shop", "all", 60, "{'carts_abandoned':0,'abandonment_rate':null}");
    assertThat(carts.check().differences()).containsOnlyKeys("row carts_abandoned");
  }
}
