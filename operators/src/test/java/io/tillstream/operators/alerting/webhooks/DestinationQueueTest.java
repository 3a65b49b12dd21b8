package io.tillstream.operators.alerting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationQueueTest {
  private final DestinationQueue queue = new DestinationQueue(5, 2);

  private static Pending pending(String alert, int number) {
    return new Pending(
        new Delivery(alert + "." + number, "https://a.example/", new byte[0], alert, false),
        0,
        0,
        0);
  }

  private List<String> leaving(long now) {
    return queue.leaving(now).stream().map(p -> p.delivery().webhookId()).toList();
  }

  @Test
  void keepsTheOrderWithinAnAlert() {
    Pending first = pending("a", 1);
    queue.add(first);
    queue.add(pending("a", 2));
    assertThat(leaving(0)).containsExactly("a.1");
    assertThat(leaving(0)).isEmpty();
    queue.back(first, first.again(10));
    assertThat(leaving(9)).as("the second does not overtake").isEmpty();
    List<Pending> again = queue.leaving(10);
    assertThat(again).containsExactly(first.again(10));
    queue.back(again.get(0), null);
    assertThat(leaving(10)).containsExactly("a.2");
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void otherAlertsOvertake() {
    Pending first = pending("a", 1);
    queue.add(first);
    queue.add(pending("b", 1));
    queue.add(pending("c", 1));
    assertThat(leaving(0)).as("two in flight at most").containsExactly("a.1", "b.1");
    assertThat(queue.inFlight()).isEqualTo(2);
    queue.back(first, first.again(1_000));
    assertThat(leaving(0)).containsExactly("c.1");
    assertThat(queue.retrying()).isEqualTo(1);
  }

  @Test
  void noAlertKeepsOthersWaiting() {
    Pending first = pending("a", 1);
    queue.add(first);
    queue.add(pending("a", 2));
    queue.add(pending("b", 1));
    queue.add(pending("c", 1));
    assertThat(leaving(0)).containsExactly("a.1", "b.1");
    queue.back(first, null);
    assertThat(leaving(0)).as("c before the next of a").containsExactly("c.1");
  }

  @Test
  void waitsWhenToldTo() {
    queue.add(pending("a", 1));
    queue.pause(100);
    queue.pause(50);
    assertThat(leaving(99)).isEmpty();
    queue.add(pending("b", 1));
    assertThat(leaving(100)).containsExactly("a.1", "b.1");
  }

  @Test
  void hasABoundThatCountsThoseInFlight() {
    for (int i = 1; i <= 5; i++) {
      assertThat(queue.isFull()).isFalse();
      queue.add(pending("a", i));
      leaving(0);
    }
    assertThat(queue.isFull()).isTrue();
    assertThat(queue.holds(pending("a", 5).delivery())).isTrue();
    assertThat(queue.holds(pending("a", 6).delivery())).isFalse();
  }

  @Test
  void removesWhatWaitsAndLeavesWhatIsInFlight() {
    Pending first = pending("a", 1);
    queue.add(first);
    queue.add(pending("a", 2));
    queue.add(pending("b", 1));
    queue.add(pending("c", 1));
    assertThat(leaving(0)).containsExactly("a.1", "b.1");
    assertThat(queue.removeWaiting())
        .extracting(p -> p.delivery().webhookId())
        .containsExactly("a.2", "c.1");
    assertThat(queue.size()).isEqualTo(2);
    queue.back(first, null);
    assertThat(queue.all()).extracting(p -> p.delivery().webhookId()).containsExactly("b.1");
  }

  @Test
  void knowsWhatWasNeverTried() {
    assertThat(queue.hasFirstTries()).isFalse();
    Pending first = pending("a", 1);
    queue.add(first);
    assertThat(queue.hasFirstTries()).isTrue();
    leaving(0);
    assertThat(queue.hasFirstTries()).as("in flight").isTrue();
    queue.back(first, first.again(50));
    assertThat(queue.hasFirstTries()).isFalse();
  }
}
