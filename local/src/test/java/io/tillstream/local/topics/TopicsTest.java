package io.tillstream.local.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Map<String, NewTopic> topics =
      Topics.all(4).stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));

  @Test
  void theContractsTopicsAndCleanupPolicies() {
    assertThat(topics.keySet())
        .containsExactlyInAnyOrder(
            "shop-events",
            "shop-metrics",
            "shop-trending",
            "shop-alerts",
            "agent-status",
            "route-decisions",
            "control",
            "dead-letters",
            "late-events");
    topics.forEach(
        (name, topic) ->
            assertThat(topic.configs().get("cleanup.policy"))
                .as(name)
                .isEqualTo(name.equals("shop-metrics") ? "compact,delete" : "delete"));
    assertThat(topics.get("shop-metrics").configs()).containsEntry("retention.ms", "604800000");
  }

  @Test
  void whateverComesInFitsIntoADeadLetter() {
    assertThat(size("dead-letters")).isGreaterThan(2 * size("shop-events"));
    assertThat(size("late-events")).isGreaterThan(size("shop-events"));
  }

  private long size(String topic) {
    return Long.parseLong(topics.get(topic).configs().get("max.message.bytes"));
  }
}
