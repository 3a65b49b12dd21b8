package io.tillstream.operators.alerting.watch;

import static io.tillstream.operators.alerting.Rows.W;
import static io.tillstream.operators.alerting.Rows.stock;
import static io.tillstream.operators.alerting.Rows.views;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.alerting.watch.Bench.Start;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleReader;
import io.tillstream.routing.alert.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WatchOperatorTest {
  private static final long MINUTE = 60_000;
  private static final String NONE = "";
  private static final String HOOK = "https://example.com/hook";

  private final Told topic = new Told();

  private static String rule(String id, int below, String more) {
    return """
        {"rule_id":"%s","dimension":"product","key":"*","metric":"available","comparison":"lt",
         "threshold":%d,"clear_threshold":%d,"hold":"PT0S","cooldown":"PT1M"%s}
        """
        .formatted(id, below, below + 2, more);
  }

  private static String hooked(String id, int below) {
    return rule(id, below, ",\"webhook\":\"" + HOOK + "\"");
  }

  private static RuleBook book(long version, String rules) throws Exception {
    return new RuleBook(version, RuleReader.read(rules.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Status> statuses(List<Alert> alerts) {
    return alerts.stream().map(Alert::status).toList();
  }

  @Test
  void theBuiltInRulesHoldBeforeAnyBookComes() throws Exception {
    try (Bench bench = new Bench(topic, new Start(NONE))) {
      bench.see(stock("a", W, 10), stock("b", W, 9));
      assertThat(bench.told).extracting(Alert::key).containsExactly("b");
      assertThat(bench.told.get(0).ruleId()).isEqualTo("low-stock");
      bench.see(stock("b", W, 11));
      assertThat(bench.told).hasSize(1);
      bench.see(stock("b", W, 12));
      assertThat(statuses(bench.told)).containsExactly(Status.RAISED, Status.RESOLVED);
      assertThat(bench.told).extracting(Alert::alertId).containsOnly(bench.told.get(0).alertId());
      assertThat(bench.sent).isEmpty();
    }
  }

  @Test
  void aggregatorsAreJoinedAndOlderWindowsSayNothing() throws Exception {
    String rule =
        """
        {"rule_id":"busy","dimension":"product","key":"*","metric":"views","comparison":"ge",
         "threshold":10,"cooldown":"PT0S"}
        """;
    try (Bench bench = new Bench(topic, new Start(rule))) {
      bench.see(views("a", W, "primary", 6), views("a", W - MINUTE, "primary", 100));
      assertThat(bench.told).isEmpty();
      bench.see(views("a", W, "backup", 4));
      assertThat(bench.told).extracting(Alert::ruleId).containsExactly("busy");
    }
  }

  @Test
  void aConditionThatHasToHoldIsToldByTheClockAlone() throws Exception {
    String rule = rule("low-stock", 5, "").replace("PT0S", "PT5S");
    try (Bench bench = new Bench(topic, new Start(rule))) {
      bench.see(stock("a", W, 4)).pass(4_000);
      assertThat(bench.told).isEmpty();
      bench.pass(1_500);
      assertThat(bench.told).extracting(Alert::ruleId).containsExactly("low-stock");
    }
  }

  @Test
  void aNewRuleJudgesWhatIsKnownThoughNoRowComes() throws Exception {
    try (Bench bench = new Bench(topic, new Start(rule("low-stock", 5, "")))) {
      bench.see(stock("a", W, 7));
      bench.book(book(7, rule("lower", 10, "")));
      bench.pass(200);
      assertThat(bench.told).extracting(Alert::ruleId).containsExactly("lower");
    }
  }

  @Test
  void aHeldConditionSurvivesARestoreThoughNoRowComes() throws Exception {
    String rule = rule("low-stock", 5, "").replace("PT0S", "PT5S");
    OperatorSubtaskState state;
    try (Bench bench = new Bench(topic, new Start(rule))) {
      bench.see(stock("a", W, 4)).pass(1_000);
      state = bench.checkpoint(1);
    }
    try (Bench bench = new Bench(topic, new Start(rule).at(Bench.NOW + 2_000), state)) {
      bench.pass(4_000);
      assertThat(bench.told).isEmpty(); // what nobody could see does not count as held
      bench.pass(2_000);
      assertThat(bench.told).extracting(Alert::ruleId).containsExactly("low-stock");
    }
  }

  @Test
  void anEpisodeGoesOnAfterARestore() throws Exception {
    OperatorSubtaskState state;
    String id;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      bench.see(stock("a", W, 9));
      id = bench.told.get(0).alertId();
      assertThat(bench.sent).hasSize(1);
      assertThat(bench.sent.get(0).webhookId()).isEqualTo(bench.told.get(0).webhookId());
      assertThat(bench.sent.get(0).destination()).isEqualTo(HOOK);
      state = bench.checkpoint(1);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).at(Bench.NOW + 1_000), state)) {
      bench.pass(200).see(stock("a", W, 9)); // as it is replayed
      assertThat(bench.told).isEmpty();
      assertThat(bench.sent).isEmpty();
      bench.see(stock("a", W + MINUTE, 50));
      assertThat(statuses(bench.told)).containsExactly(Status.RESOLVED);
      assertThat(bench.told.get(0).alertId()).isEqualTo(id);
      // The rule and where it sends are those of the checkpoint.
      assertThat(bench.sent).extracting("destination").containsExactly(HOOK);
    }
  }

  @Test
  void whatWasToldAfterTheCheckpointIsNotToldAgainButSentAgain() throws Exception {
    OperatorSubtaskState state;
    Alert raised;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      bench.see(stock("a", W, 50));
      state = bench.checkpoint(1);
      bench.see(stock("a", W, 9));
      raised = bench.told.get(0);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).at(Bench.NOW + 3_000), state)) {
      bench.pass(200);
      assertThat(bench.sent).extracting("webhookId").containsExactly(raised.webhookId());
      assertThat(bench.sent).extracting("destination").containsExactly(HOOK);
      bench.see(stock("a", W, 50), stock("a", W, 9)).pass(1_000);
      assertThat(bench.told).isEmpty();
      assertThat(bench.sent).hasSize(1);
      bench.see(stock("a", W, 30));
      assertThat(statuses(bench.told)).containsExactly(Status.RESOLVED);
      assertThat(bench.told.get(0).alertId()).isEqualTo(raised.alertId());
    }
  }

  @Test
  void everyWordOfALostAttemptIsSentAgain() throws Exception {
    OperatorSubtaskState state;
    List<Alert> lost;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      state = bench.checkpoint(1);
      bench.see(stock("a", W, 9), stock("a", W, 20));
      lost = List.copyOf(bench.told);
      assertThat(statuses(lost)).containsExactly(Status.RAISED, Status.RESOLVED);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).at(Bench.NOW + 1_000), state)) {
      bench.pass(100);
      assertThat(bench.sent)
          .extracting("webhookId")
          .containsExactly(lost.get(0).webhookId(), lost.get(1).webhookId());
      // Another way through the replay: what was told stays true.
      bench.see(stock("a", W, 9), stock("a", W, 20));
      assertThat(bench.told).isEmpty();
    }
  }

  @Test
  void whatNobodyHeardIsToldUnderTheSameName() throws Exception {
    OperatorSubtaskState state;
    Alert lost;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      state = bench.checkpoint(1);
      bench.loseOutput();
      bench.see(stock("a", W, 9));
      lost = bench.told.get(0);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).at(Bench.NOW + 9_000), state)) {
      bench.see(stock("a", W, 9));
      assertThat(bench.told).extracting(Alert::alertId).containsExactly(lost.alertId());
      assertThat(bench.sent).extracting("webhookId").containsExactly(lost.webhookId());
    }
  }

  @Test
  void aCrashBeforeTheFirstCheckpointIsNoExcuse() throws Exception {
    Alert raised;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      bench.see(stock("a", W, 9));
      raised = bench.told.get(0);
    }
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)).at(Bench.NOW + 1_000))) {
      bench.see(stock("a", W, 9));
      assertThat(bench.told).isEmpty();
      assertThat(bench.sent).extracting("webhookId").containsExactly(raised.webhookId());
    }
  }

  @Test
  void namesOfAJobWithoutStateAreNoneOfAnEarlierOnes() throws Exception {
    String before;
    try (Bench bench = new Bench(topic, new Start(NONE))) {
      before = bench.see(stock("a", W, 9)).told.get(0).alertId();
    }
    Start later = new Start(NONE).submitted(Bench.NOW + 60_000).from(topic.endOffsets());
    try (Bench bench = new Bench(topic, later)) {
      assertThat(bench.see(stock("a", W, 9)).told.get(0).alertId()).isNotEqualTo(before);
    }
  }

  @Test
  void whatALostProcessTellsLateIsTakenUp() throws Exception {
    OperatorSubtaskState state;
    Alert late;
    try (Bench bench = new Bench(topic, new Start(hooked("low-stock", 10)))) {
      state = bench.checkpoint(1);
      bench.loseOutput();
      bench.see(stock("a", W, 9));
      late = bench.told.get(0);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).at(Bench.NOW + 1_000), state)) {
      bench.pass(1_000);
      topic.append(late);
      int looks = topic.reads();
      topic.breakReads(true);
      passUntil(bench, 30_000, () -> topic.reads() == looks + 1); // in vain
      topic.breakReads(false);
      passUntil(bench, 6_000, () -> !bench.sent.isEmpty());
      assertThat(bench.sent).extracting("webhookId").containsExactly(late.webhookId());
      assertThat(bench.told).isEmpty();
      bench.pass(60_000);
      assertThat(topic.reads()).isEqualTo(looks + 2); // once is enough
    }
  }

  // The look has a thread of its own: its end is seen by a tick some time later.
  private static void passUntil(Bench bench, long millis, BooleanSupplier condition)
      throws Exception {
    bench.pass(millis);
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(5_000_000);
      bench.pass(Bench.TICK);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void onlyANewerBookCounts() throws Exception {
    try (Bench bench = new Bench(topic, new Start(NONE))) {
      bench.book(book(3, rule("three", 3, "")));
      bench.book(book(2, rule("two", 2, "")));
      assertThat(bench.operator().book().version()).isEqualTo(3);
      bench.see(stock("a", W, 1));
      assertThat(bench.told).extracting(Alert::ruleId).containsExactly("three");
    }
  }

  @Test
  void aChangedBookEndsWhatItsRulesBegan() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench(topic, new Start(rule("low-stock", 10, "")).heap(4))) {
      for (int item = 0; item < 20; item++) {
        bench.see(stock("p" + item, W, item));
      }
      assertThat(bench.told).hasSize(10);
      state = bench.checkpoint(1);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).heap(4), state)) {
      bench.book(book(7, rule("other", 0, "")));
      assertThat(bench.told).hasSize(10);
      assertThat(statuses(bench.told)).containsOnly(Status.RESOLVED);
      assertThat(bench.told).allSatisfy(alert -> assertThat(alert.reason()).contains("stock"));
    }
  }

  @Test
  void coldKeysWaitInStateAndAreFoundAgain() throws Exception {
    OperatorSubtaskState state;
    int keys = 200;
    try (Bench bench = new Bench(topic, new Start(rule("low-stock", 10, "")).heap(16))) {
      for (int round = 0; round < 3; round++) {
        for (int item = 0; item < keys; item++) {
          bench.see(stock("p" + item, W + round * MINUTE, item % 20));
        }
        bench.pass(Bench.TICK);
        assertThat(bench.operator().keysInHeap()).isLessThanOrEqualTo(16);
        state = bench.checkpoint(round);
        assertThat(bench.told).hasSize(keys / 2);
      }
      state = bench.checkpoint(9);
    }
    try (Bench bench = new Bench(topic, new Start(NONE).heap(16), state)) {
      for (int item = 0; item < keys; item++) {
        bench.see(stock("p" + item, W + 9 * MINUTE, 50));
      }
      assertThat(bench.told).hasSize(keys / 2);
      assertThat(statuses(bench.told)).containsOnly(Status.RESOLVED);
    }
  }

  @Test
  void twoBecomeOneBecomeThree() throws Exception {
    List<OperatorSubtaskState> states = List.of();
    long now = Bench.NOW;
    int round = 0;
    Set<String> names = new TreeSet<>();
    for (int parallelism : new int[] {2, 1, 3}) {
      round++;
      now += 10_000;
      List<OperatorSubtaskState> next = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        Start start = new Start(rule("low-stock", 10, "")).as(subtask, parallelism).at(now);
        try (Bench bench = new Bench(topic, start, states.toArray(new OperatorSubtaskState[0]))) {
          for (int item = 0; item < 40; item++) {
            bench.see(stock("p" + item, W + round * MINUTE, item));
          }
          bench.told.forEach(alert -> names.add(alert.alertId()));
          next.add(bench.checkpoint(round));
        }
      }
      states = next;
    }
    assertThat(names).hasSize(10);
    assertThat(topic.all()).hasSize(10); // nobody told anything twice
  }

  @Test
  void timeOfNeitherInputMovesAnything() throws Exception {
    try (Bench bench = new Bench(topic, new Start(NONE))) {
      bench.harness.processWatermark1(new Watermark(W));
      bench.harness.processWatermark2(new Watermark(Long.MAX_VALUE));
      bench.harness.processWatermarkStatus1(WatermarkStatus.IDLE);
      bench.see(stock("a", W, 50));
      assertThat(bench.watermarks).isEmpty();
      bench.harness.processWatermark1(new Watermark(Long.MAX_VALUE));
      bench.pass(0);
      assertThat(bench.watermarks).containsExactly(Long.MAX_VALUE);
    }
  }

  @Test
  void shadowsArePublishedAndNeverSent() throws Exception {
    String rule = rule("low-stock", 10, ",\"shadow\":true,\"webhook\":\"" + HOOK + "\"");
    try (Bench bench = new Bench(topic, new Start(rule))) {
      bench.see(stock("a", W, 3));
      assertThat(bench.told).extracting(Alert::shadow).contains(true);
      assertThat(bench.sent).isEmpty();
    }
  }
}
