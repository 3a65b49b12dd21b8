package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was told before a crash is fact after it. */
class ReadBackTest {
  private static final String LOW =
      "{\"rule_id\":\"low\",\"dimension\":\"product\",\"key\":\"*\",\"metric\":\"available\","
          + "\"comparison\":\"lt\",\"threshold\":10,\"clear_threshold\":12,\"cooldown\":\"PT1M\","
          + "\"webhook\":\"https://hooks.example/x\"}";

  private static Alert published(Alert alert) {
    try {
      return AlertJson.read(AlertJson.write(alert));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReplayOfTheSameRowsMakesTheSameIds() {
    Shop one = new Shop("product", "SKU1", LOW);
    Shop other = new Shop("product", "SKU1", LOW);
    one.row("available=9");
    other.at(77_000).row("available=9");
    assertThat(other.all.get(0).alertId()).isEqualTo(one.all.get(0).alertId());
    assertThat(new Shop("product", "SKU2", LOW).row("available=9").get(0).alertId())
        .isNotEqualTo(one.all.get(0).alertId());
  }

  @Test
  void anOpenWordIsAdoptedAndSentOnceMore() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=15");
    KeyMemory checkpoint = shop.memory();
    Alert raised = shop.at(1_000).row("available=9").get(0);
    shop.at(5_000).restore(checkpoint);
    assertThat(shop.adopt(published(raised))).containsExactly(raised);
    // Known by now.
    assertThat(shop.adopt(published(raised))).isEmpty();
    // The replay comes by the same rows: nothing is said again, nothing ends.
    assertThat(shop.row("available=15")).isEmpty();
    assertThat(shop.row("available=9")).isEmpty();
    Alert resolved = shop.at(6_000).row("available=13").get(0);
    assertThat(resolved.alertId()).isEqualTo(raised.alertId());
    assertThat(resolved.sequence()).isEqualTo(2);
    assertThat(resolved.webhook()).isEqualTo(raised.webhook());
  }

  @Test
  void anAdoptedWordThatIsNotSeenAgainIsJudgedAfterAWhile() {
    Shop shop = new Shop("product", "SKU1", LOW);
    KeyMemory checkpoint = shop.memory();
    Alert raised = shop.row("available=9").get(0);
    shop.at(5_000).restore(checkpoint);
    shop.adopt(published(raised));
    assertThat(shop.tick()).isEmpty();
    assertThat(shop.row("available=40")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 25_000);
    assertThat(shop.at(25_000).tick()).extracting(Alert::status).containsExactly(Status.RESOLVED);
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aResolvedWordClosesWhatTheCheckpointHasOpen() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=9");
    KeyMemory checkpoint = shop.memory();
    Alert resolved = shop.at(90_000).row("available=13").get(0);
    shop.at(95_000).restore(checkpoint);
    assertThat(shop.adopt(published(resolved))).containsExactly(resolved);
    assertThat(shop.memory().openEpisodes()).isZero();
    // Seen again from before: no second episode of it.
    assertThat(shop.row("available=9")).isEmpty();
    assertThat(shop.row("available=13")).isEmpty();
    assertThat(shop.at(300_000).row("available=9").get(0).alertId()).endsWith("-2");
  }

  @Test
  void laterEpisodesAreAdoptedInTheirOrder() {
    Shop shop = new Shop("product", "SKU1", LOW);
    KeyMemory checkpoint = shop.memory();
    shop.row("available=9");
    shop.at(1_000).row("available=13");
    shop.at(61_000).row("available=9");
    List<Alert> told = List.copyOf(shop.all);
    shop.at(62_000).restore(checkpoint);
    for (Alert alert : told) {
      assertThat(shop.adopt(published(alert))).containsExactly(alert);
    }
    assertThat(shop.adopt(published(told.get(0)))).isEmpty();
    assertThat(shop.row("available=14").isEmpty()).isTrue();
    assertThat(shop.row("available=9").isEmpty()).isTrue();
    assertThat(shop.row("available=14"))
        .extracting(Alert::alertId)
        .containsExactly(told.get(2).alertId());
  }

  @Test
  void aWordOfRulesStillToComeWaitsForThem() {
    Shop shop = new Shop("product", "SKU1");
    KeyMemory checkpoint = shop.memory();
    shop.change(LOW);
    Alert raised = shop.row("available=9").get(0);
    Watcher old = new Watcher(new RuleBook(1, List.of()), Shop.START);
    Step step = old.adopt(checkpoint, published(raised), Shop.START + 5);
    assertThat(step.memory().openEpisodes()).isEqualTo(1);
    step = old.tick(step.memory(), Shop.START + 6);
    assertThat(step.alerts()).isEmpty();
    assertThat(step.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
    step = shop.watcher().judge(step.memory(), Shop.START + 7);
    // Only now it is known where to send it.
    assertThat(step.alerts()).containsExactly(raised);
    assertThat(step.memory().openEpisodes()).isEqualTo(1);
    step =
        shop.watcher()
            .see(step.memory(), shop.figures("primary", "available=9", false, 1), Shop.START + 9);
    step =
        shop.watcher()
            .see(step.memory(), shop.figures("primary", "available=19", false, 2), Shop.START + 9);
    assertThat(step.alerts()).extracting(Alert::alertId).containsExactly(raised.alertId());
  }

  @Test
  void aWordThatIsNotOursIsLeftAlone() {
    Shop shop = new Shop("product", "SKU1", LOW);
    Alert raised = shop.row("available=9").get(0);
    Shop other = new Shop("product", "SKU2", LOW);
    Alert strange =
        new Alert(
            "x-1",
            "low",
            Status.RAISED,
            "product",
            "SKU2",
            "available",
            null,
            null,
            Severity.INFO,
            1,
            1,
            null,
            "",
            false,
            1,
            null,
            1);
    assertThat(other.adopt(strange)).isEmpty();
    assertThat(shop.adopt(raised)).isEmpty();
  }
}
