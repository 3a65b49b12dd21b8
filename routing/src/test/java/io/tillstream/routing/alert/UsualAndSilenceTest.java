package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is usual, what is too little to judge, and silence. */
class UsualAndSilenceTest {
  private static final String SPIKE =
      "{\"rule_id\":\"spike\",\"dimension\":\"product\",\"key\":\"*\",\"metric\":\"views\","
          + "\"comparison\":\"gt\",\"threshold\":5,\"clear_threshold\":2,"
          + "\"usual\":{\"windows\":3},\"at_least\":{\"metric\":\"views\",\"value\":200},"
          + "\"cooldown\":\"PT0S\"}";
  private static final String COLLAPSE =
      "{\"rule_id\":\"collapse\",\"dimension\":\"shop\",\"metric\":\"conversion_rate\","
          + "\"comparison\":\"lt\",\"threshold\":0.4,\"clear_threshold\":0.7,"
          + "\"usual\":{\"windows\":2},\"at_least\":{\"metric\":\"views\",\"value\":100},"
          + "\"hold\":\"PT30S\"}";
  private static final String STANDSTILL =
      "{\"rule_id\":\"standstill\",\"dimension\":\"shop\",\"metric\":\"purchases\","
          + "\"silence\":\"PT5M\",\"cooldown\":\"PT0S\"}";

  @Test
  void aSpikeIsSeenOnceThereIsAnUsualAndEndsWithAWholeWindow() {
    Shop shop = new Shop("product", "SKU1", SPIKE);
    for (int i = 0; i < 3; i++) {
      assertThat(shop.inWindow(i).row("views=900")).isEmpty();
      assertThat(shop.row("views=100")).isEmpty();
    }
    shop.inWindow(3);
    assertThat(shop.row("views=199")).isEmpty();
    assertThat(shop.row("views=500")).isEmpty();
    Alert raised = shop.row("views=620").get(0);
    assertThat(raised.value()).isEqualByComparingTo("6.2");
    assertThat(raised.reason()).isEqualTo("views 6.2 times the usual, above 5");
    // Usual is now (100 + 100 + 620) / 3 = 273.3.
    assertThat(shop.inWindow(4).row("views=250")).isEmpty();
    assertThat(shop.row("views=600")).isEmpty();
    // A whole window at less than twice the usual 440.
    assertThat(shop.inWindow(5).row("views=300")).isEmpty();
    assertThat(shop.inWindow(6).row("views=1"))
        .extracting(Alert::status)
        .containsExactly(Status.RESOLVED);
  }

  @Test
  void aWholeWindowWithTooLittleEndsIt() {
    Shop shop = new Shop("product", "SKU1", SPIKE);
    for (int i = 0; i < 3; i++) {
      shop.inWindow(i).row("views=10");
    }
    assertThat(shop.inWindow(3).row("views=400")).hasSize(1);
    assertThat(shop.inWindow(4).row("views=30")).isEmpty();
    Alert resolved = shop.lastRow("views=31").get(0);
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(resolved.reason())
        .isEqualTo("a whole window had fewer than 200 views: nothing left to judge");
    assertThat(resolved.value()).isNull();
  }

  @Test
  void aRateIsUsualOverAllWindowsThatHadEnough() {
    Shop shop = new Shop("shop", "all", COLLAPSE);
    shop.inWindow(0).row("views=1000 purchases=100");
    // Too few to count for the usual.
    shop.inWindow(1).row("views=50 purchases=50");
    shop.inWindow(2).row("views=200 purchases=44");
    // Usual: 144 in 1200, 0.12.
    shop.inWindow(3).at(0);
    assertThat(shop.row("views=99 purchases=0")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(shop.row("views=100 purchases=4")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 30_000);
    // The next window begins and says nothing yet: what was seen last stands.
    assertThat(shop.inWindow(4).at(20_000).row("views=3 purchases=0")).isEmpty();
    Alert raised = shop.at(30_000).tick().get(0);
    assertThat(raised.value()).isEqualByComparingTo("0.3333");
    assertThat(shop.at(40_000).row("views=300 purchases=40"))
        .extracting(Alert::status)
        .containsExactly(Status.RESOLVED);
  }

  @Test
  void nothingIsUsualBeforeThereWereEnoughWindows() {
    Shop shop = new Shop("shop", "all", COLLAPSE.replace("PT30S", "PT0S"));
    shop.inWindow(0).row("views=1000 purchases=100");
    assertThat(shop.inWindow(1).row("views=1000 purchases=0")).isEmpty();
    assertThat(shop.inWindow(2).row("views=1000 purchases=0")).hasSize(1);
  }

  @Test
  void silenceFiresByTimeAloneWhereThereWasSomethingBefore() {
    Shop shop = new Shop("shop", "all", STANDSTILL);
    shop.row("views=5 purchases=0");
    assertThat(shop.at(20 * Shop.MINUTE).tick()).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
    shop.row("views=6 purchases=1");
    assertThat(shop.at(24 * Shop.MINUTE).inWindow(1).row("views=50 purchases=0")).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 25 * Shop.MINUTE);
    Alert raised = shop.at(25 * Shop.MINUTE).tick().get(0);
    assertThat(raised.reason()).isEqualTo("no purchases for PT5M, where there were some before");
    assertThat(raised.value()).isEqualByComparingTo("0");
    assertThat(shop.at(40 * Shop.MINUTE).tick()).isEmpty();
    Alert resolved = shop.row("views=50 purchases=1").get(0);
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(resolved.reason()).isEqualTo("purchases grow again");
    assertThat(shop.at(45 * Shop.MINUTE).tick())
        .extracting(Alert::alertId)
        .containsExactly(raised.alertId().replaceAll("-1$", "-2"));
  }

  @Test
  void silenceOfOneAggregatorIsNoneWhileTheOtherGrows() {
    Shop shop = new Shop("shop", "all", STANDSTILL);
    shop.row("primary", "purchases=7", false);
    shop.at(4 * Shop.MINUTE).row("backup", "purchases=1", false);
    assertThat(shop.at(5 * Shop.MINUTE).tick()).isEmpty();
    assertThat(shop.at(9 * Shop.MINUTE).tick()).hasSize(1);
  }

  @Test
  void downtimeIsNoSilence() {
    Shop shop = new Shop("shop", "all", STANDSTILL);
    shop.row("purchases=7");
    shop.at(60 * Shop.MINUTE).restore(shop.memory());
    assertThat(shop.tick()).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Shop.START + 65 * Shop.MINUTE);
    assertThat(shop.at(65 * Shop.MINUTE).tick()).hasSize(1);
  }

  @Test
  void silenceIsJudgedOnlyWhereThereIsEnough() {
    String busy =
        STANDSTILL.replace(
            "\"silence\"", "\"at_least\":{\"metric\":\"views\",\"value\":10},\"silence\"");
    Shop shop = new Shop("shop", "all", busy);
    shop.row("views=50 purchases=1");
    shop.at(4 * Shop.MINUTE).inWindow(1).row("views=2 purchases=0");
    assertThat(shop.at(6 * Shop.MINUTE).tick()).isEmpty();
    assertThat(shop.memory().nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(shop.at(7 * Shop.MINUTE).row("views=10 purchases=0")).hasSize(1);
  }

  @Test
  void builtInRulesSayNothingOfAQuietBeginning() {
    List<Rule> rules = RuleBook.BUILT_IN.rules();
    assertThat(rules)
        .extracting(Rule::ruleId)
        .containsExactly(
            "low-stock",
            "conversion-collapse",
            "abandonment-above-usual",
            "revenue-standstill",
            "trending-spike");
    Watcher watcher = new Watcher(RuleBook.BUILT_IN, Shop.START);
    Shop shop = new Shop("shop", "all");
    KeyMemory memory = KeyMemory.EMPTY;
    for (int window = 0; window < 60; window++) {
      shop.inWindow(window).at(window * Shop.MINUTE);
      for (int part = 1; part <= 60; part++) {
        shop.now += 1_000;
        // No cart is abandoned in the first half hour, as none can be.
        int abandoned = window < 30 ? 0 : part * 7 / 10;
        String numbers =
            "views="
                + part * 20
                + " purchases="
                + part * 6 / 10
                + " carts_bought="
                + part * 3 / 10
                + " carts_abandoned="
                + abandoned;
        Step step =
            watcher.see(memory, shop.figures("primary", numbers, part == 60, part), shop.now);
        assertThat(step.alerts()).isEmpty();
        memory = watcher.tick(step.memory(), shop.now).memory();
      }
    }
  }
}
