package io.tillstream.operators.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.route.RouteState;
import org.junit.jupiter.api.Test;

class BypassFunctionTest {
  private final BypassFunction bypass = new BypassFunction();

  private EnrichedEvent map(ShopEvent event) {
    return (EnrichedEvent) bypass.map(event);
  }

  @Test
  void whatIsKnownOfRoutesPassesThrough() {
    RouteNotice notice = new RouteNotice(RouteState.initial("aggregation"));
    assertThat(bypass.map(notice)).isSameAs(notice);
  }

  @Test
  void noAnswers() {
    EnrichedEvent view = map(Events.view(1, "a", "b"));
    assertThat(view.categories()).containsExactly(null, null);
    assertThat(view.segment()).isNull();
    assertThat(map(Events.purchase(1, "ann", "a")).segment()).isNull();
    assertThat(map(Events.view(1, "a")).categories()).containsExactly((String) null);
  }

  @Test
  void anAnonymousSaleNeedsNoSegment() {
    assertThat(map(Events.purchase(1, null, "a")).segment()).isEqualTo("unknown");
    assertThat(map(Events.of(1, EventType.REFUND, null, "a")).segment()).isEqualTo("unknown");
  }
}
