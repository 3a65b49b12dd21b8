package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutChannelTest {
  private final List<String> seen = new ArrayList<>();

  private ReportChannel channel(String name) {
    return new ReportChannel() {
      @Override
      public void send(AgentReport report) {
        seen.add(name + " " + report.sequence());
      }

      @Override
      public void close() {
        seen.add(name + " closed");
      }
    };
  }

  @Test
  void everyChannelGetsEveryReport() {
    ReportChannel both = FanOutChannel.factory(() -> channel("a"), () -> channel("b")).open();
    AgentVoice voice = new AgentVoice("enrichment", "look-up", 0, 1, () -> 0);
    both.send(voice.get());
    both.send(voice.get());
    both.close();
    assertThat(seen).containsExactly("a 1", "b 1", "a 2", "b 2", "a closed", "b closed");
  }

  @Test
  void allReportsOfALifeNameIt() {
    AgentVoice voice = new AgentVoice("enrichment", "look-up", 0, 1, () -> 0);
    assertThat(voice.get().incarnation()).isEqualTo(voice.incarnation()).isPositive();
    assertThat(voice.get().incarnation()).isEqualTo(voice.incarnation());
  }
}
