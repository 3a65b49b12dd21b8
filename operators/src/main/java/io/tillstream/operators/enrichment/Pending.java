package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Answer;
import io.tillstream.operators.enrichment.lookup.LookupKey;
import io.tillstream.operators.enrichment.lookup.LookupKind;
import io.tillstream.operators.enrichment.lookup.LookupService;
import io.tillstream.operators.enrichment.lookup.Waiter;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.wire.Waiting;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.ShopEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** An event that lacks answers. It ends exactly once, when the last of them is there. */
final class Pending implements Waiter {
  final ShopEvent event;
  final long timestamp;
  final long askedAt;
  private final String[] categories;
  private final Consumer<Pending> complete;
  private String segment;
  private boolean degraded;
  private int missing;
  private Waiting.Stretch stretch; // null while it does not wait

  /**
   * An event whose answers have not been asked for.
   *
   * @param askedAt by a clock as {@link System#nanoTime}
   * @param complete called when the last answer came after {@link #ask} returned true
   */
  Pending(ShopEvent event, long timestamp, long askedAt, Consumer<Pending> complete) {
    this.event = event;
    this.timestamp = timestamp;
    this.askedAt = askedAt;
    this.categories = new String[event.lines().size()];
    this.complete = complete;
    this.segment = BypassFunction.needlessSegment(event);
  }

  /** Asks for all it needs; tells whether something is still to come. */
  boolean ask(LookupService service) {
    if (event.type().isSale() && event.userId() != null) {
      ask(new LookupKey(LookupKind.SEGMENT, event.userId()), service);
    }
    List<EventLine> lines = event.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (!asked(lines, i)) {
        ask(new LookupKey(LookupKind.CATEGORY, lines.get(i).itemId()), service);
      }
    }
    return missing > 0;
  }

  private void ask(LookupKey key, LookupService service) {
    Answer answer = service.ask(key, this);
    if (answer == null) {
      missing++;
    } else {
      take(key, answer);
    }
  }

  private static boolean asked(List<EventLine> lines, int index) {
    String itemId = lines.get(index).itemId();
    for (int i = 0; i < index; i++) {
      if (lines.get(i).itemId().equals(itemId)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void answered(LookupKey key, Answer answer) {
    take(key, answer);
    if (--missing == 0) {
      complete.accept(this);
    }
  }

  private void take(LookupKey key, Answer answer) {
    degraded |= !answer.answered();
    if (key.kind() == LookupKind.SEGMENT) {
      segment = answer.value();
      return;
    }
    List<EventLine> lines = event.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).itemId().equals(key.id())) {
        categories[i] = answer.value();
      }
    }
  }

  /** It waits in {@code place}. */
  void waitIn(Waiting.Stretch place) {
    stretch = place;
  }

  Waiting.Stretch stretch() {
    return stretch;
  }

  /** Whether an answer it needed did not come. */
  boolean degraded() {
    return degraded;
  }

  EnrichedEvent result() {
    return new EnrichedEvent(event, Arrays.asList(categories), segment);
  }
}
