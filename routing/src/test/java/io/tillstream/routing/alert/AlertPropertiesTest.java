package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.json.JsonRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AlertPropertiesTest {
  private static final String[] RULES = {
    "{\"rule_id\":\"low\",\"dimension\":\"product\",\"metric\":\"available\",\"comparison\":\"lt\","
        + "\"threshold\":10,\"clear_threshold\":12,\"hold\":\"PT2S\",\"cooldown\":\"PT20S\"}",
    "{\"rule_id\":\"many\",\"dimension\":\"product\",\"metric\":\"views\",\"comparison\":\"gt\","
        + "\"threshold\":15,\"clear_threshold\":5,\"cooldown\":\"PT0S\"}",
    "{\"rule_id\":\"spike\",\"dimension\":\"product\",\"metric\":\"views\",\"comparison\":\"ge\","
        + "\"threshold\":2,\"usual\":{\"windows\":2},\"cooldown\":\"PT5S\","
        + "\"at_least\":{\"metric\":\"views\",\"value\":4}}",
    "{\"rule_id\":\"rate\",\"dimension\":\"product\",\"metric\":\"conversion_rate\","
        + "\"comparison\":\"le\",\"threshold\":0.2,\"hold\":\"PT1S\",\"cooldown\":\"PT3S\"}",
    "{\"rule_id\":\"quiet\",\"dimension\":\"product\",\"metric\":\"purchases\","
        + "\"silence\":\"PT10S\",\"cooldown\":\"PT0S\"}"
  };

  /** Something that happens: a row, a tick, a change of the rules, a crash. */
  record Act(int what, int window, int stock, int views, int purchases, int millis) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 19),
            Arbitraries.integers().between(-1, 2),
            Arbitraries.integers().between(-1, 20),
            Arbitraries.integers().between(-1, 25),
            Arbitraries.integers().between(-1, 5),
            Arbitraries.integers().between(-2_000, 9_000))
        .as(Act::new)
        .list()
        .ofMaxSize(60);
  }

  private static List<Alert> play(List<Act> acts, boolean crash, boolean change) {
    Shop shop = new Shop("product", "SKU1", RULES);
    int window = 5;
    for (Act act : acts) {
      shop.now += act.millis();
      window = Math.max(0, window + (act.what() < 6 ? act.window() : 0));
      shop.inWindow(window);
      if (act.what() < 16) {
        StringBuilder numbers = new StringBuilder();
        append(numbers, "available", act.stock());
        append(numbers, "views", act.views());
        append(numbers, "purchases", act.purchases());
        String aggregator = act.what() % 3 == 0 ? "backup" : "primary";
        shop.row(aggregator, numbers.toString().strip(), act.what() == 7);
      } else if (act.what() < 18) {
        shop.tick();
        assertThat(shop.memory().nextDeadline()).isGreaterThan(shop.now);
      } else if (act.what() == 18 && change) {
        shop.change(act.stock() < 5 ? new String[0] : RULES);
      } else if (crash) {
        shop.restore(shop.memory());
      }
    }
    return shop.all;
  }

  private static void append(StringBuilder numbers, String name, int value) {
    if (value >= 0) {
      numbers.append(name).append('=').append(value).append(' ');
    }
  }

  @Property(tries = 400)
  void everyEpisodeIsRaisedOnceAndResolvedAtMostOnce(@ForAll("acts") List<Act> acts) {
    Set<String> open = new HashSet<>();
    Set<String> closed = new HashSet<>();
    List<Alert> last = new ArrayList<>();
    for (Alert alert : play(acts, true, true)) {
      assertThat(AlertIds.belongs(alert)).isTrue();
      assertThat(closed).doesNotContain(alert.alertId());
      switch (alert.status()) {
        case RAISED -> {
          assertThat(open.add(alert.ruleId())).as("one open episode a rule").isTrue();
          assertThat(alert.sequence()).isEqualTo(1);
          last.removeIf(other -> other.ruleId().equals(alert.ruleId()));
        }
        case UPDATED -> assertThat(open).contains(alert.ruleId());
        case RESOLVED -> {
          assertThat(open.remove(alert.ruleId())).isTrue();
          closed.add(alert.alertId());
          assertThat(alert.resolvedAt()).isGreaterThanOrEqualTo(alert.raisedAt());
        }
      }
      for (Alert before : last) {
        if (before.ruleId().equals(alert.ruleId())) {
          assertThat(alert.alertId()).isEqualTo(before.alertId());
          assertThat(alert.sequence()).isEqualTo(before.sequence() + 1);
        }
      }
      last.removeIf(other -> other.ruleId().equals(alert.ruleId()));
      last.add(alert);
    }
  }

  @Property(tries = 100)
  void aReplaySaysTheSame(@ForAll("acts") List<Act> acts) {
    assertThat(play(acts, true, true)).isEqualTo(play(acts, true, true));
  }

  @Property(tries = 200)
  void aSplitOverTwoAggregatorsRaisesNoMoreThanTheWhole(
      @ForAll("acts") List<Act> acts, @ForAll Random random) {
    String gt = EpisodesTest.rule("product", "views", "gt", 15);
    String lt = EpisodesTest.rule("product", "available", "lt", 10);
    Shop whole = new Shop("product", "SKU1", gt, lt);
    Shop split = new Shop("product", "SKU1", gt, lt);
    int[] views = new int[2];
    for (Act act : acts) {
      // Counts only grow within a window; stock is seen by one of them, with its time.
      int who = random.nextInt(2);
      views[who] += Math.max(0, act.views()) / 10;
      int stock = Math.max(0, act.stock());
      split.now += 10;
      whole.now += 10;
      String at = " at=" + (split.now - Shop.START);
      whole.row("available=" + stock + at + " views=" + (views[0] + views[1]));
      split.row(
          who == 0 ? "primary" : "backup",
          "available=" + stock + at + " views=" + views[who],
          false);
      assertThat(split.all).isEqualTo(whole.all);
    }
  }

  @Property(tries = 500)
  void theReaderRefusesWithItsOwnExceptionOnly(@ForAll Random random) {
    byte[] json = ("[" + String.join(",", RULES) + "]").getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(json.length);
      switch (random.nextInt(3)) {
        case 0 -> json[at] = (byte) random.nextInt(256);
        case 1 -> json[at] = (byte) "{}[]\",:0129eE.-\\".charAt(random.nextInt(16));
        default -> json[at] = json[random.nextInt(json.length)];
      }
    }
    try {
      List<Rule> rules = RuleReader.read(json);
      assertThat(RuleReader.read(RuleJson.array(rules))).isEqualTo(rules);
    } catch (RuleException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  @Property(tries = 300)
  void whateverTheTextTheReadersKeepTheirWord(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      RuleReader.read(bytes);
    } catch (RuleException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
    try {
      WindowFigures.ofJson(bytes);
    } catch (JsonRecordException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
