package io.tillstream.dashboard.view;

import static io.tillstream.dashboard.view.Told.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.view.Message.Topic;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final View view = new View(1_000);
  private final Screen screen = new Screen(view);
  private final Answers answers = new Answers(view);
  private long now = START + 60_000;

  private JsonNode shown(long since) {
    now += 2_000;
    screen.refresh(now);
    return tree(screen.message(since));
  }

  private static JsonNode tree(String json) {
    try {
      return JsonText.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSnapshotHasEveryMember() {
    view.apply(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"));
    JsonNode snapshot = shown(View.NOTHING);
    for (String member :
        "seq server_now window_ms shop categories segments trending low_stock alerts agents routes ledger lag rates checkpoints job health"
            .split(" ")) {
      assertThat(snapshot.has(member)).as(member).isTrue();
    }
    assertThat(snapshot.path("type").asText()).isEqualTo("snapshot");
    assertThat(snapshot.path("window_ms").asLong()).isEqualTo(60_000);
    assertThat(snapshot.path("shop").path(0).path("views").asLong()).isEqualTo(10);
    assertThat(snapshot.path("shop").path(0).has("oldest_new_record_at"))
        .as("all is new to somebody who has seen nothing")
        .isFalse();
  }

  @Test
  void changesHoldWhatChangedAndTheOldestThatThisClientHasNotSeen() {
    view.apply(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"));
    view.apply(Told.shop(1, 1, 10, "2026-11-24T04:01:01Z"));
    final long first = shown(View.NOTHING).path("seq").asLong();
    view.apply(Told.shop(1, 2, 11, "2026-11-24T04:01:03Z"));
    view.apply(Told.shop(1, 3, 12, "2026-11-24T04:01:02Z"));
    JsonNode second = shown(first);
    assertThat(second.path("type").asText()).isEqualTo("changes");
    assertThat(second.path("shop")).hasSize(1);
    assertThat(second.path("shop").path(0).path("views").asLong()).isEqualTo(12);
    assertThat(second.path("shop").path(0).path("oldest_new_record_at").asText())
        .isEqualTo("2026-11-24T04:01:02Z");
    assertThat(second.has("ledger")).isFalse();
    view.apply(Told.shop(1, 4, 13, "2026-11-24T04:01:09Z"));
    assertThat(shown(second.path("seq").asLong()).path("shop").path(0).path("oldest_new_record_at"))
        .hasToString("\"2026-11-24T04:01:09Z\"");
    assertThat(shown(first).path("shop").path(0).path("oldest_new_record_at").asText())
        .as("to one that missed the changes between")
        .isEqualTo("2026-11-24T04:01:02Z");
  }

  @Test
  void aggregatorsOfAWindowAreShownAsOne() {
    view.apply(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"));
    view.apply(Told.row("shop", "all", 0, 1, "'views':5,'aggregator':'backup'"));
    assertThat(shown(View.NOTHING).path("shop").path(0).path("views").asLong()).isEqualTo(15);
  }

  @Test
  void nothingNewIsNothingToShow() {
    screen.refresh(now);
    assertThat(screen.refresh(now)).isFalse();
    assertThat(screen.refresh(now + 10_000)).as("no data, no age").isFalse();
    view.apply(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"));
    assertThat(screen.refresh(now + 10_001)).isTrue();
  }

  @Test
  void theNewestSeventyWindowsAreShownOldestFirst() {
    for (int minute = 0; minute < 100; minute++) {
      view.apply(
          new Message(
              Topic.SHOP_METRICS,
              START + 6_000_000,
              Told.shop(minute, 1, minute, "2026-11-24T04:00:01Z").value()));
    }
    JsonNode shop = shown(View.NOTHING).path("shop");
    assertThat(shop).hasSize(View.WINDOWS);
    assertThat(shop.path(0).path("views").asLong()).isEqualTo(30);
    assertThat(shop.path(69).path("views").asLong()).isEqualTo(99);
  }

  @Test
  void aRowOfAFarFutureDisplacesNothing() {
    view.apply(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"));
    assertThat(view.apply(Told.shop(1_000_000, 1, 10, "2026-11-24T04:00:01Z"))).isFalse();
    assertThat(shown(View.NOTHING).path("shop")).hasSize(1);
  }

  @Test
  void alertsAreToldByTheirLastWord() {
    view.apply(Told.alert("one", 1, "raised", "2026-11-24T04:00:00Z"));
    view.apply(Told.alert("two", 1, "raised", "2026-11-24T04:00:00.500Z"));
    JsonNode first = shown(View.NOTHING);
    assertThat(first.path("alerts")).hasSize(2);
    assertThat(first.path("alerts").path(0).path("alert_id").asText()).isEqualTo("two");
    view.apply(Told.alert("one", 2, "resolved", "2026-11-24T04:00:00Z"));
    view.apply(Told.alert("one", 1, "raised", "2026-11-24T04:00:00Z"));
    JsonNode second = shown(first.path("seq").asLong());
    assertThat(second.path("alerts")).hasSize(1);
    assertThat(second.path("alerts").path(0).path("status").asText()).isEqualTo("resolved");
    assertThat(tree(answers.alerts(true, 10)).path("alerts")).hasSize(1);
    assertThat(tree(answers.alerts(false, 1)).path("alerts")).hasSize(1);
  }

  @Test
  void ofManyAlertsTheOldResolvedOnesGoFirst() {
    view.apply(Told.alert("open", 1, "raised", "2020-01-01T00:00:00Z"));
    for (int i = 0; i < 2_000; i++) {
      view.apply(
          Told.alert("a" + i, 1, "resolved", "2026-11-24T04:%02d:%02dZ".formatted(i / 60, i % 60)));
    }
    JsonNode all = tree(answers.alerts(false, 500)).path("alerts");
    assertThat(all).hasSize(Alerts.MOST);
    assertThat(all.path(499).path("alert_id").asText()).isEqualTo("open");
  }

  @Test
  void lowStockIsTheNewestOfEachProductLeastFirst() {
    view.apply(Told.stock("A", 0, 1, 7, 10));
    view.apply(Told.stock("B", 0, 1, 3, 10));
    view.apply(Told.stock("C", 0, 1, 20, 10));
    view.apply(Told.stock("A", 1, 1, 2, 5));
    view.apply(Told.stock("B", 0, 2, 5, 9)); // older within the window: cannot be, but is put right
    JsonNode low = shown(View.NOTHING).path("low_stock");
    assertThat(low).hasSize(2);
    assertThat(low.path(0).path("item_id").asText()).isEqualTo("A");
    assertThat(low.path(0).path("available").asLong()).isEqualTo(2);
    view.apply(Told.stock("A", 1, 2, 500, 30));
    assertThat(shown(View.NOTHING).path("low_stock")).hasSize(1);
  }

  @Test
  void whatWasTakenBackIsLowNoMore() {
    view.apply(Told.stock("A", 0, 1, 7, 10));
    view.apply(Told.row("product", "A", 0, 2, "'views':0"));
    assertThat(shown(View.NOTHING).path("low_stock")).isEmpty();
  }

  @Test
  void aProductIsWatchedWithAllThatIsKnownOfIt() {
    view.apply(
        Told.message(
            Topic.SHOP_TRENDING,
            "{'window_end':'2026-11-24T04:00:00Z','items':[{'item_id':'SKU1',"
                + "'title':'<b>Shoe</b>','category':'shoes','views':3,'units':1,'rank':1,"
                + "'previous_rank':null}]}"));
    view.apply(Told.stock("SKU1", 0, 1, 7, 10));
    view.apply(Told.alert("one", 1, "raised", "2026-11-24T04:00:00Z"));
    Watched watched = new Watched("product", "SKU1");
    view.watch(watched);
    JsonNode shown = tree(answers.watched(watched));
    assertThat(shown.path("title").asText()).isEqualTo("<b>Shoe</b>");
    assertThat(shown.path("rows")).hasSize(1);
    assertThat(shown.path("available").asLong()).isEqualTo(7);
    assertThat(shown.path("alerts")).hasSize(1);
    assertThat(shown.path("complete").asBoolean()).isTrue();
    long before = view.changed(watched);
    view.apply(Told.stock("SKU2", 0, 1, 7, 10));
    assertThat(view.changed(watched)).isEqualTo(before);
    view.apply(Told.stock("SKU1", 0, 2, 6, 11));
    assertThat(view.changed(watched)).isGreaterThan(before);
    view.unwatch(watched);
    assertThat(view.changed(watched)).isZero();
  }

  @Test
  void productsAreFoundByIdAndTitle() {
    view.apply(
        Told.message(
            Topic.SHOP_TRENDING,
            "{'window_end':'2026-11-24T04:00:00Z','items':[{'item_id':'SKU9','title':'Red shoe'}]}"));
    view.apply(Told.stock("SKU1", 0, 1, 7, 10));
    view.apply(Told.stock("XSKU", 0, 1, 7, 10));
    assertThat(tree(answers.products("sku", 10)).findValuesAsText("item_id"))
        .containsExactly("SKU1", "SKU9", "XSKU");
    assertThat(tree(answers.products("SHOE", 10)).findValuesAsText("item_id"))
        .containsExactly("SKU9");
    assertThat(tree(answers.products("", 2)).path("products")).hasSize(2);
  }

  @Test
  void strangersMessagesChangeNothing() {
    Random random = new Random(7);
    for (Topic topic : Topic.values()) {
      assertThat(view.apply(new Message(topic, START, null))).as("a tombstone").isTrue();
      for (String json :
          new String[] {"", "[]", "1", "null", "'x'", "{", "{}", "{'items':[]}", "{'route':5}"}) {
        assertThat(view.apply(Told.message(topic, json))).as(topic + " " + json).isFalse();
      }
      for (int i = 0; i < 500; i++) {
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        view.apply(new Message(topic, START, noise));
      }
    }
    assertThat(shown(View.NOTHING).path("shop")).isEmpty();
  }

  @Test
  void strangersCannotFillTheMemory() {
    for (int i = 0; i < 50_000; i++) {
      view.apply(Told.row("product", "P" + i, i % 60, 1, "'views':1"));
      view.apply(Told.stock("S" + i, 0, 1, i % 15, 1));
      view.apply(Told.row("category", "C" + i, 0, 1, ""));
      view.apply(Told.message(Topic.ROUTE_DECISIONS, "{'route':'r" + i + "','epoch':1}"));
      view.apply(
          Told.message(Topic.AGENT_STATUS, "{'agent':'a" + i + "','at':'2026-11-24T04:01:00Z'}"));
    }
    assertThat(view.productRows()).isLessThanOrEqualTo(1_000);
    JsonNode all = shown(View.NOTHING);
    assertThat(all.path("low_stock")).hasSize(50);
    assertThat(all.path("routes").size()).isLessThanOrEqualTo(100);
    assertThat(all.path("agents").size()).isLessThanOrEqualTo(200);
    assertThat(all.path("categories").size()).isLessThanOrEqualTo(300);
  }
}
