package io.tillstream.operators.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.routing.event.EventType;
import org.junit.jupiter.api.Test;

class BypassFunctionTest {
  private final BypassFunction bypass = new BypassFunction();

  @Test
  void noAnswers() {
    EnrichedEvent view = bypass.map(Events.view(1, "a", "b"));
    assertThat(view.categories()).containsExactly(null, null);
    assertThat(view.segment()).isNull();
    assertThat(bypass.map(Events.purchase(1, "ann", "a")).segment()).isNull();
    assertThat(bypass.map(Events.view(1, "a")).categories()).containsExactly((String) null);
  }

  @Test
  void anAnonymousSaleNeedsNoSegment() {
    assertThat(bypass.map(Events.purchase(1, null, "a")).segment()).isEqualTo("unknown");
    assertThat(bypass.map(Events.of(1, EventType.REFUND, null, "a")).segment())
        .isEqualTo("unknown");
  }
}
