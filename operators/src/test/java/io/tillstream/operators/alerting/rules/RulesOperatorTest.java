package io.tillstream.operators.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.operators.alerting.AlertOptions;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.alerting.webhooks.WebhookOptions;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleBookCodec;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.json.JsonTimes;
import io.tillstream.routing.route.CommandParser;
import io.tillstream.routing.route.ParsedCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RulesOperatorTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long TEN_MINUTES = 600_000;
  private static final int BUILT_IN = RuleBook.BUILT_IN.rules().size();

  /** The operator and a clock. */
  private static final class Bench implements AutoCloseable {
    private final OneInputStreamOperatorTestHarness<ControlMessage, RuleBook> harness;
    private long offset;

    Bench(String rules, OperatorSubtaskState restored) throws Exception {
      AlertOptions options =
          AlertOptions.of(
              rules,
              Duration.ZERO,
              WebhookOptions.of(false, "", Duration.ofSeconds(1), "shop-alerts"));
      harness =
          new OneInputStreamOperatorTestHarness<>(
              new RulesOperator(options, AlertPorts.of(NOW, null)), 128, 1, 0);
      harness.setup(new CodecSerializer<>(RuleBookCodec.class));
      harness.setProcessingTime(NOW);
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
      harness.setProcessingTime(NOW); // what is due at once
    }

    void tell(String json) throws Exception {
      harness.processElement(
          new StreamRecord<>(
              new ControlMessage(
                  json.getBytes(StandardCharsets.UTF_8), "control", 0, offset++, null)));
    }

    List<RuleBook> books() {
      return harness.extractOutputValues();
    }

    RuleBook book() {
      return books().get(books().size() - 1);
    }

    <T> List<T> side(OutputTag<T> tag) {
      Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
      List<T> values = new ArrayList<>();
      if (records != null) {
        records.forEach(record -> values.add(record.getValue()));
      }
      return values;
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private static String rule(String id) {
    return """
        {"rule_id":"%s","dimension":"product","key":"*","metric":"available","comparison":"lt",
         "threshold":3}
        """
        .formatted(id);
  }

  private static String apply(String command, String id) {
    return "{\"command_id\":\"" + command + "\",\"type\":\"rules\",\"apply\":[" + rule(id) + "]}";
  }

  private static String remove(String command, String id) {
    return "{\"command_id\":\""
        + command
        + "\",\"type\":\"rules\",\"remove\":[\""
        + id
        + "\"],\"by\":\"me\"}";
  }

  @Test
  void everybodyHearsTheBookAtTheStartAndPeopleEveryTenMinutes() throws Exception {
    try (Bench bench = new Bench("", null)) {
      assertThat(bench.books()).containsExactly(RuleBook.BUILT_IN);
      assertThat(bench.side(RulesOperator.IN_FORCE))
          .containsExactly(new RulesInForce(null, RuleBook.BUILT_IN, NOW));
      bench.harness.setProcessingTime(NOW + TEN_MINUTES);
      assertThat(bench.side(RulesOperator.IN_FORCE)).hasSize(2);
    }
  }

  @Test
  void rulesOfTheSubmitLieOverTheBuiltInOnes() throws Exception {
    try (Bench bench = new Bench(rule("mine"), null)) {
      assertThat(bench.book().version()).isEqualTo(1);
      assertThat(bench.book().rules()).hasSize(BUILT_IN + 1);
      assertThat(bench.book().rules()).extracting(Rule::ruleId).contains("mine");
    }
  }

  @Test
  void aChangeIsToldWithItsCommandAndComesThroughARestore() throws Exception {
    OperatorSubtaskState state;
    RuleBook changed;
    try (Bench bench = new Bench("", null)) {
      bench.tell(apply("c-1", "mine"));
      changed = bench.book();
      assertThat(changed.version()).isEqualTo(1);
      assertThat(bench.side(RulesOperator.IN_FORCE))
          .contains(new RulesInForce("c-1", changed, NOW));
      state = bench.harness.snapshot(1, 1);
      bench.tell(remove("c-2", "mine")); // lost in a crash
    }
    try (Bench bench = new Bench(rule("other"), state)) {
      assertThat(bench.books()).containsExactly(changed);
      bench.tell(remove("c-2", "mine")); // replayed
      assertThat(bench.book().version()).isEqualTo(2);
      assertThat(bench.book().rules()).isEqualTo(RuleBook.BUILT_IN.rules());
      assertThat(bench.side(RulesOperator.REFUSED)).isEmpty();
    }
  }

  @Test
  void whatCannotBeDoneIsADeadLetterAndChangesNothing() throws Exception {
    try (Bench bench = new Bench("", null)) {
      bench.tell(
          "{\"command_id\":\"c\",\"type\":\"rules\",\"apply\":["
              + rule("mine")
              + "],\"remove\":[\"nobody\"]}");
      assertThat(bench.books()).hasSize(1);
      List<DeadLetter> letters = bench.side(RulesOperator.REFUSED);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).stage()).isEqualTo("control");
      assertThat(letters.get(0).errorClass()).isEqualTo(ErrorClass.OUT_OF_RANGE);
      assertThat(letters.get(0).error()).contains("nobody");
      assertThat(letters.get(0).offset()).isZero();
    }
  }

  private static String again(String at) {
    return """
        {"command_id":"c","type":"webhook","webhook_id":"a-1.3",
         "destination":"https://example.com/","body":"{}"%s}
        """
        .formatted(at);
  }

  private static String at(long time) {
    return ",\"at\":\"" + JsonTimes.text(time) + '"';
  }

  @Test
  void aPersonsRedeliveryGoesToTheWebhooks() throws Exception {
    try (Bench bench = new Bench("", null)) {
      bench.tell(again(at(NOW)));
      bench.tell(again(""));
      assertThat(bench.side(RulesOperator.REDELIVERIES))
          .hasSize(2)
          .allSatisfy(
              delivery -> {
                assertThat(delivery.webhookId()).isEqualTo("a-1.3");
                assertThat(delivery.alertId()).isEqualTo("a-1");
                assertThat(delivery.byHand()).isTrue();
                assertThat(delivery.body()).asString().isEqualTo("{}");
              });
    }
  }

  @Test
  void whatAnEarlierJobWasToSendAgainIsNotSentByANewOne() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench("", null)) {
      bench.tell(again(at(NOW - TEN_MINUTES)));
      assertThat(bench.side(RulesOperator.REDELIVERIES)).isEmpty();
      state = bench.harness.snapshot(1, 1);
    }
    try (Bench bench = new Bench("", state)) {
      bench.tell(again(at(NOW - TEN_MINUTES)));
      assertThat(bench.side(RulesOperator.REDELIVERIES)).hasSize(1);
    }
  }

  @Test
  void whatPeopleAreToldIsJsonThatTheOrchestratorPassesOver() throws Exception {
    byte[] json = RulesInForceJson.write(new RulesInForce("c-1", RuleBook.BUILT_IN, NOW));
    JsonNode said = new ObjectMapper().readTree(json);
    assertThat(said.path("type").asText()).isEqualTo("rules-in-force");
    assertThat(said.path("command_id").asText()).isEqualTo("c-1");
    assertThat(said.path("version").asLong()).isZero();
    assertThat(said.path("at").asText()).isEqualTo(JsonTimes.text(NOW));
    assertThat(said.path("rules")).hasSize(BUILT_IN);
    assertThat(said.path("rules").get(0).path("rule_id").asText()).isEqualTo("low-stock");
    assertThat(CommandParser.parse(json)).isInstanceOf(ParsedCommand.Ignored.class);
  }
}
