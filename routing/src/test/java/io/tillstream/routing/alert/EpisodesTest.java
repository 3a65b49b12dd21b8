package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Raised, updated, resolved: hold, hysteresis, cooldown. */
class EpisodesTest {
  private static final String LOW =
      "{\"rule_id\":\"low\",\"dimension\":\"product\",\"key\":\"*\",\"metric\":\"available\","
          + "\"comparison\":\"lt\",\"threshold\":10,\"clear_threshold\":12,\"cooldown\":\"PT5M\","
          + "\"webhook\":\"https://hooks.example/x\"}";
  private static final String HELD = LOW.replace("\"cooldown\"", "\"hold\":\"PT5S\",\"cooldown\"");

  private static List<Status> statuses(List<Alert> alerts) {
    return alerts.stream().map(Alert::status).toList();
  }

  private static String value(Alert alert) {
    return alert.value() == null ? null : alert.value().toPlainString();
  }

  @Test
  void raisesBelowAndResolvesOnlyBeyondTheClearThreshold() {
    Shop shop = new Shop("product", "SKU1", LOW);
    assertThat(shop.row("available=10")).isEmpty();
    Alert raised = shop.at(1_000).row("available=9").get(0);
    assertThat(raised.status()).isEqualTo(Status.RAISED);
    assertThat(raised.value()).isEqualTo(new BigDecimal(9));
    assertThat(raised.threshold()).isEqualTo(new BigDecimal(10));
    assertThat(raised.raisedAt()).isEqualTo(Shop.START + 1_000);
    assertThat(raised.resolvedAt()).isNull();
    assertThat(raised.sequence()).isEqualTo(1);
    assertThat(raised.metric()).isEqualTo("available");
    assertThat(raised.reason()).isEqualTo("available 9, below 10");
    assertThat(raised.webhook()).isEqualTo("https://hooks.example/x");
    assertThat(raised.rulesVersion()).isEqualTo(1);
    assertThat(shop.row("available=11")).isEmpty();
    assertThat(shop.row("available=9")).isEmpty();
    Alert resolved = shop.at(2_000).row("available=12").get(0);
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(resolved.alertId()).isEqualTo(raised.alertId());
    assertThat(resolved.sequence()).isEqualTo(2);
    assertThat(resolved.resolvedAt()).isEqualTo(Shop.START + 2_000);
    assertThat(resolved.reason()).isEqualTo("available 12, no longer below 12");
  }

  @Test
  void holdsWithoutInterruptionBeforeItRaises() {
    Shop shop = new Shop("product", "SKU1", HELD);
    assertThat(shop.row("available=9")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 5_000);
    assertThat(shop.at(4_000).row("available=10")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(shop.at(5_000).row("available=8")).isEmpty();
    assertThat(shop.at(9_999).tick()).isEmpty();
    assertThat(statuses(shop.at(10_000).tick())).containsExactly(Status.RAISED);
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRowEndsAHoldAsWellAsATickDoes() {
    Shop shop = new Shop("product", "SKU1", HELD);
    shop.row("available=9");
    assertThat(statuses(shop.at(5_000).row("available=7"))).containsExactly(Status.RAISED);
  }

  @Test
  void noOtherEpisodeBeginsWithinTheCooldown() {
    Shop shop = new Shop("product", "SKU1", LOW);
    String first = shop.row("available=9").get(0).alertId();
    shop.at(1_000).row("available=15");
    assertThat(shop.at(2_000).row("available=3")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 5 * Shop.MINUTE);
    Alert second = shop.at(5 * Shop.MINUTE).tick().get(0);
    assertThat(second.status()).isEqualTo(Status.RAISED);
    assertThat(second.alertId()).isNotEqualTo(first).endsWith("-2");
    assertThat(second.sequence()).isEqualTo(1);
  }

  @Test
  void tellsAtTheEndOfTheCooldownThatItGotWorseMeanwhile() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=9");
    shop.at(1_000).row("available=2");
    assertThat(shop.at(2_000).row("available=8")).isEmpty();
    assertThat(shop.at(5 * Shop.MINUTE - 1).tick()).isEmpty();
    Alert updated = shop.at(5 * Shop.MINUTE).tick().get(0);
    assertThat(updated.status()).isEqualTo(Status.UPDATED);
    assertThat(value(updated)).isEqualTo("2");
    assertThat(updated.sequence()).isEqualTo(2);
    assertThat(updated.updatedAt()).isEqualTo(Shop.START + 5 * Shop.MINUTE);
    assertThat(updated.raisedAt()).isEqualTo(Shop.START);
    assertThat(shop.at(20 * Shop.MINUTE).row("available=5")).isEmpty();
    assertThat(statuses(shop.at(21 * Shop.MINUTE).row("available=1")))
        .containsExactly(Status.UPDATED);
    assertThat(shop.at(22 * Shop.MINUTE).row("available=0")).isEmpty();
  }

  @Test
  void aMissingNumberJudgesNothing() {
    Shop shop = new Shop("product", "SKU1", LOW);
    assertThat(shop.row("views=3")).isEmpty();
    shop.row("available=9 views=3");
    assertThat(shop.inWindow(1).at(61_000).row("views=1")).isEmpty();
    assertThat(shop.lastRow("views=1")).isEmpty();
    assertThat(shop.memory().openEpisodes()).isEqualTo(1);
    assertThat(statuses(shop.row("available=20 views=2"))).containsExactly(Status.RESOLVED);
  }

  @Test
  void olderWindowsAndOlderVersionsChangeNothing() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.inWindow(1).row("primary", "available=50", false, 7);
    KeyMemory before = shop.memory();
    assertThat(shop.inWindow(0).row("primary", "available=1", true, 9)).isEmpty();
    assertThat(shop.inWindow(1).row("primary", "available=1", false, 6)).isEmpty();
    assertThat(Shop.bytes(shop.memory())).isEqualTo(Shop.bytes(before));
    assertThat(shop.row("primary", "available=1", false, 7)).hasSize(1);
  }

  @Test
  void newestStockOfAllAggregatorsIsJudged() {
    Shop shop = new Shop("product", "SKU1", LOW);
    assertThat(shop.row("primary", "available=50 at=9", false)).isEmpty();
    assertThat(shop.row("backup", "available=3 at=5", false)).isEmpty();
    assertThat(shop.row("backup", "available=20 at=9", false)).isEmpty();
    assertThat(value(shop.row("backup", "available=4 at=10", false).get(0))).isEqualTo("4");
  }

  @Test
  void sumsAreJoinedOverAggregators() {
    Shop shop =
        new Shop(
            "shop",
            "all",
            "{\"rule_id\":\"rate\",\"dimension\":\"shop\",\"key\":\"all\",\"comparison\":\"lt\","
                + "\"metric\":\"conversion_rate\",\"threshold\":0.05}",
            "{\"rule_id\":\"big\",\"dimension\":\"shop\",\"key\":\"all\",\"comparison\":\"gt\","
                + "\"metric\":\"revenue.USD\",\"threshold\":\"99.99\"}");
    assertThat(shop.row("primary", "views=100 purchases=6 revenue.USD=60.00", false)).isEmpty();
    // By itself 2 in 100.
    List<Alert> said = shop.row("backup", "views=10 purchases=0 revenue.USD=40.00", false);
    assertThat(said).extracting(Alert::ruleId).containsExactly("big");
    assertThat(value(said.get(0))).isEqualTo("100");
    assertThat(shop.row("backup", "views=100 purchases=0 revenue.USD=40.00", false))
        .extracting(Alert::ruleId, EpisodesTest::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("rate", "0.03"));
  }

  @Test
  void aPartThatWasNotAskedForANumberIsNotTakenForZero() {
    Shop shop = new Shop("shop", "all", rule("orders", "lt", 1));
    shop.row("primary", "orders=5 purchases=9", false);
    shop.row("backup", "orders=0 purchases=4", false);
    shop.change(rule("purchases", "lt", 12));
    // Backup's purchases are not known yet.
    assertThat(shop.row("primary", "orders=5 purchases=9", false)).isEmpty();
    assertThat(shop.row("backup", "orders=0 purchases=4", false)).isEmpty();
    assertThat(shop.row("backup", "orders=0 purchases=2", false)).hasSize(1);
  }

  @Test
  void aSumThatFiredIsNotOverBecauseAWindowBegins() {
    Shop shop = new Shop("category", "shoes", rule("category", "views", "gt", 100));
    assertThat(shop.row("views=101")).hasSize(1);
    assertThat(shop.inWindow(1).row("views=5")).isEmpty();
    assertThat(shop.row("views=130")).isEmpty();
    assertThat(shop.inWindow(2).row("views=7")).isEmpty();
    // The whole window had no more.
    Alert resolved = shop.inWindow(2).lastRow("views=8").get(0);
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(value(resolved)).isEqualTo("8");
  }

  @Test
  void aSumThatIsCorrectedWithinItsWindowIsOverAtOnce() {
    Shop shop = new Shop("category", "shoes", rule("category", "views", "gt", 100));
    shop.row("views=101");
    assertThat(statuses(shop.row("views=99"))).containsExactly(Status.RESOLVED);
  }

  @Test
  void clockThatStepsBackMakesNoNegativeTimes() {
    Shop shop = new Shop("product", "SKU1", HELD);
    shop.at(100_000).row("available=9");
    shop.at(102_000).row("available=9");
    // Two of five seconds are over, whatever the clock says now.
    assertThat(shop.at(2_000).row("available=9")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 5_000);
    Alert raised = shop.at(5_000).tick().get(0);
    assertThat(raised.raisedAt()).isEqualTo(Shop.START + 5_000);
    Alert resolved = shop.at(1_000).row("available=30").get(0);
    assertThat(resolved.resolvedAt()).isGreaterThanOrEqualTo(resolved.raisedAt());
  }

  @Test
  void shadowIsSaidAndNeverSent() {
    Shop shop =
        new Shop("product", "SKU1", LOW.replace("\"cooldown\"", "\"shadow\":true,\"cooldown\""));
    Alert raised = shop.row("available=1").get(0);
    assertThat(raised.shadow()).isTrue();
    assertThat(raised.webhook()).isNull();
  }

  @Test
  void changedAndRemovedRulesResolveTheirEpisodesWithAReason() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=9");
    assertThat(shop.change(LOW.replace("\"rule_id\"", "\"description\":\"x\",\"rule_id\"")))
        .isEmpty();
    assertThat(shop.memory().openEpisodes()).isEqualTo(1);
    Alert changed = shop.change(LOW.replace(":10,", ":8,")).get(0);
    assertThat(changed.status()).isEqualTo(Status.RESOLVED);
    assertThat(changed.reason()).isEqualTo("rule low was changed");
    // Another rule: it begins anew, and its episodes go on counting.
    assertThat(shop.row("available=7").get(0).alertId()).endsWith("-2");
    Alert removed = shop.change().get(0);
    assertThat(removed.reason()).isEqualTo("rule low was removed");
    assertThat(removed.rulesVersion()).isEqualTo(4);
    assertThat(shop.row("available=7")).isEmpty();
    shop.change(LOW);
    assertThat(shop.row("available=7").get(0).alertId()).endsWith("-3");
  }

  @Test
  void aChangeJudgesWhatIsKnownAtOnce() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=15");
    assertThat(statuses(shop.change(LOW.replace(":10,\"clear_threshold\":12", ":20"))))
        .containsExactly(Status.RAISED);
  }

  @Test
  void aMemoryThatMissedTheChangeIsMendedByTheNextRow() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=9");
    Watcher next = new Watcher(new RuleBook(2, List.of()), Shop.START);
    Step step = next.tick(shop.memory(), Shop.START + 5);
    assertThat(step.alerts()).extracting(Alert::reason).containsExactly("rule low was removed");
    assertThat(next.see(shop.memory(), shop.figures("primary", "", false, 99), shop.now).alerts())
        .hasSize(1);
  }

  @Test
  void whatNoRuleLooksAtLeavesNoMemory() {
    Shop shop = new Shop("product", "SKU1", rule("product", "views", "gt", 1).replace("*", "SKU2"));
    shop.row("views=100");
    assertThat(shop.memory().isEmpty()).isTrue();
    assertThat(shop.watcher().watches("product", "SKU1")).isFalse();
    assertThat(shop.watcher().watches("product", "SKU2")).isTrue();
  }

  @Test
  void aMemoryWithoutEpisodesIsSmallAndForgottenAfterADay() {
    Shop shop = new Shop("product", "SKU1", LOW);
    shop.row("available=90 views=4");
    assertThat(Shop.bytes(shop.memory()).length).isLessThan(64);
    assertThat(shop.at(25 * 60 * Shop.MINUTE).tick()).isEmpty();
    assertThat(shop.memory().isEmpty()).isTrue();
  }

  static String rule(String metric, String comparison, int threshold) {
    return rule("shop", metric, comparison, threshold);
  }

  static String rule(String dimension, String metric, String comparison, int threshold) {
    return "{\"rule_id\":\""
        + metric
        + "\",\"dimension\":\""
        + dimension
        + "\",\"key\":\"*\",\"metric\":\""
        + metric
        + "\",\"comparison\":\""
        + comparison
        + "\",\"threshold\":"
        + threshold
        + "}";
  }
}
