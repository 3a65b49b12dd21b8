package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgentVoiceTest {
  private long now = 1_000;
  private final AgentVoice voice = new AgentVoice("enrichment", "lookup", 2, 4, () -> now);

  @Test
  void aPartRunsUntilItSaysOtherwise() {
    AgentReport report = voice.get();
    assertThat(report)
        .isEqualTo(
            new AgentReport(
                "enrichment",
                "lookup",
                2,
                4,
                report.incarnation(),
                1,
                AgentState.RUNNING,
                1_000,
                1_000,
                null,
                0,
                0,
                Map.of(),
                Map.of()));
    assertThat(report.incarnation()).isPositive().isEqualTo(voice.incarnation());
    assertThat(voice.get().sequence()).isEqualTo(2);
    assertThat(voice.get().incarnation()).isEqualTo(report.incarnation());
  }

  @Test
  void anotherLifeHasAnotherNumber() {
    AgentVoice other = new AgentVoice("enrichment", "lookup", 2, 4, () -> now);
    assertThat(other.get().incarnation()).isNotEqualTo(voice.get().incarnation());
  }

  @Test
  void itSaysWhatItIsGivenToRead() {
    voice
        .counts(() -> Map.of("in", 3L))
        .errorRate(() -> 0.25)
        .epoch(() -> 17)
        .note(() -> "Redis is silent")
        .health(out -> out.put("pending_keys", 5))
        .health(
            out -> {
              out.put("redis_pool_in_use", 1);
              out.put("redis_pool_idle", 2);
            });
    AgentReport report = voice.get();
    assertThat(report.counts()).isEqualTo(Map.of("in", 3L));
    assertThat(report.errorRate()).isEqualTo(0.25);
    assertThat(report.epoch()).isEqualTo(17);
    assertThat(report.note()).isEqualTo("Redis is silent");
    assertThat(report.indicators())
        .isEqualTo(Map.of("pending_keys", 5.0, "redis_pool_in_use", 1.0, "redis_pool_idle", 2.0));
  }

  @Test
  void aChangeOfStateIsToldOnceAndKnowsItsTime() {
    AtomicInteger told = new AtomicInteger();
    voice.onChange(told::incrementAndGet);
    now = 2_000;
    assertThat(voice.state(AgentState.FAILED, "no")).isTrue();
    now = 3_000;
    assertThat(voice.state(AgentState.FAILED, "still no")).isFalse();
    assertThat(told).hasValue(1);
    AgentReport report = voice.get();
    assertThat(report.state()).isEqualTo(AgentState.FAILED);
    assertThat(report.since()).isEqualTo(2_000);
    assertThat(report.at()).isEqualTo(3_000);
    assertThat(report.note()).isEqualTo("still no");
  }

  @Test
  void whatIsCompletedStaysSo() {
    voice.failing(() -> true);
    assertThat(voice.get().state()).isEqualTo(AgentState.FAILED);
    assertThat(voice.state(AgentState.COMPLETED, null)).isTrue();
    assertThat(voice.state(AgentState.RUNNING, null)).isFalse();
    assertThat(voice.get().state()).isEqualTo(AgentState.COMPLETED);
  }

  @Test
  void aPartWhoseStateIsKnownElsewhereIsAskedAtEachReport() {
    AtomicBoolean failing = new AtomicBoolean();
    voice.failing(failing::get).note(() -> failing.get() ? "refused" : null);
    assertThat(voice.get().state()).isEqualTo(AgentState.RUNNING);
    failing.set(true);
    now = 5_000;
    AgentReport failed = voice.get();
    assertThat(failed.state()).isEqualTo(AgentState.FAILED);
    assertThat(failed.since()).isEqualTo(5_000);
    assertThat(failed.note()).isEqualTo("refused");
    failing.set(false);
    now = 6_000;
    AgentReport back = voice.get();
    assertThat(back.state()).isEqualTo(AgentState.RUNNING);
    assertThat(back.since()).isEqualTo(6_000);
    assertThat(back.note()).isNull();
  }

  @Test
  void aBrokenIndicatorSilencesNobody() {
    voice
        .health(
            out -> {
              throw new IllegalStateException("broken");
            })
        .health(out -> out.put("pending_keys", 5));
    assertThat(voice.get().indicators()).isEqualTo(Map.of("pending_keys", 5.0));
  }
}
