package io.tillstream.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastDecisionTest {
  private static JsonNode decision(String route, int epoch, String at) {
    return tree("{'route':'%s','epoch':%d,'at':'%s'}".formatted(route, epoch, at));
  }

  private static JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Optional<Duration>> lasted(JsonNode... decisions) {
    return PastDecision.of(List.of(decisions)).stream().map(PastDecision::lasted).toList();
  }

  @Test
  void eachIsInForceUntilTheNextOfItsRoute() {
    assertThat(
            lasted(
                decision("enrichment", 1, "2026-11-24T04:00:00Z"),
                decision("aggregation", 2, "2026-11-24T04:00:05Z"),
                decision("enrichment", 3, "2026-11-24T04:00:12.5Z")))
        .containsExactly(
            Optional.of(Duration.ofMillis(12_500)), Optional.empty(), Optional.empty());
  }

  @Test
  void oneThatACrashWroteTwiceCountsOnce() {
    JsonNode first = decision("enrichment", 1, "2026-11-24T04:00:00Z");
    assertThat(lasted(first, first.deepCopy(), decision("enrichment", 2, "2026-11-24T04:00:09Z")))
        .containsExactly(Optional.of(Duration.ofSeconds(9)), Optional.empty());
  }

  @Test
  void aClockSetBackMakesNoTimeNegative() {
    assertThat(
            lasted(
                decision("enrichment", 1, "2026-11-24T04:00:10Z"),
                decision("enrichment", 2, "2026-11-24T04:00:00Z")))
        .containsExactly(Optional.of(Duration.ZERO), Optional.empty());
  }

  @Test
  void whatIsNoDecisionIsLeftOut() {
    assertThat(lasted(tree("null"), tree("[1]"), tree("{'route':'enrichment','at':'noon'}")))
        .isEmpty();
  }

  @Test
  void theJsonSaysHowLongOrNull() {
    List<PastDecision> past =
        PastDecision.of(
            List.of(
                decision("enrichment", 1, "2026-11-24T04:00:00Z"),
                decision("enrichment", 2, "2026-11-24T04:00:01Z")));
    assertThat(past.get(0).json().path("lasted_ms").asLong()).isEqualTo(1000);
    assertThat(past.get(1).json().path("lasted_ms").isNull()).isTrue();
    assertThat(past.get(1).json().path("epoch").asLong()).isEqualTo(2);
  }
}
