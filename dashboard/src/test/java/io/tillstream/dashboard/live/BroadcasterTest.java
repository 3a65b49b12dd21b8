package io.tillstream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.view.JsonText;
import io.tillstream.dashboard.view.Told;
import io.tillstream.dashboard.view.View;
import io.tillstream.dashboard.view.Watched;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BroadcasterTest {
  private static final long SECOND = 1_000_000_000L;

  private final Board board = new Board(() -> new View(1_000));
  private final Broadcaster broadcaster =
      new Broadcaster(board, Clock.systemUTC(), System::nanoTime, 2 * SECOND);

  private record Sent(String text, Runnable done) {}

  /** Takes texts, at once or when it is told to. */
  private static final class TestLink implements Link {
    private final boolean slow;
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private volatile String closed;

    TestLink(boolean slow) {
      this.slow = slow;
    }

    @Override
    public void send(String text, Runnable done) {
      sent.add(new Sent(text, done));
      if (!slow) {
        done.run();
      }
    }

    @Override
    public void close(String reason) {
      closed = reason;
    }

    Sent next() throws InterruptedException {
      Sent next = sent.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a text within ten seconds").isNotNull();
      return next;
    }

    JsonNode nextWith(String member) throws Exception {
      while (true) {
        JsonNode tree = tree(next().text());
        if (tree.has(member)) {
          return tree;
        }
      }
    }
  }

  private static JsonNode tree(String json) throws IOException {
    return JsonText.MAPPER.readTree(json);
  }

  @BeforeEach
  void start() {
    broadcaster.start();
  }

  @AfterEach
  void stop() {
    broadcaster.close();
  }

  private void tell(int version) {
    board.apply(List.of(Told.shop(0, version, version, "2026-11-24T04:00:01Z")));
  }

  @Test
  void aNewcomerGetsASnapshotAndThenChanges() throws Exception {
    tell(1);
    TestLink link = new TestLink(false);
    broadcaster.join(link);
    JsonNode snapshot = tree(link.next().text());
    assertThat(snapshot.path("type").asText()).isEqualTo("snapshot");
    tell(2);
    JsonNode changes = link.nextWith("shop");
    assertThat(changes.path("type").asText()).isEqualTo("changes");
    assertThat(changes.path("shop").path(0).path("views").asLong()).isEqualTo(2);
  }

  @Test
  void aSlowClientGetsTheNewestStateAndNeverAQueue() throws Exception {
    TestLink slow = new TestLink(true);
    TestLink quick = new TestLink(false);
    broadcaster.join(slow);
    broadcaster.join(quick);
    Sent first = slow.next();
    quick.next();
    for (int version = 1; version <= 5; version++) {
      tell(version);
      quick.nextWith("shop");
    }
    assertThat(slow.sent).as("nothing while the last has not left").isEmpty();
    first.done().run();
    JsonNode next = tree(slow.next().text());
    assertThat(next.path("shop").path(0).path("views").asLong()).isEqualTo(5);
    assertThat(slow.sent).isEmpty();
  }

  @Test
  void nobodyGetsMoreThanOneChangeInATenthOfASecondAndSameTextsAreMadeOnce() throws Exception {
    List<TestLink> links = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      TestLink link = new TestLink(false);
      links.add(link);
      broadcaster.join(link);
    }
    for (TestLink link : links) {
      link.next();
    }
    long until = System.nanoTime() + SECOND;
    int version = 0;
    while (System.nanoTime() < until) {
      tell(++version);
      Thread.onSpinWait();
    }
    for (TestLink link : links) {
      assertThat(link.sent).hasSizeBetween(2, 12);
    }
    assertThat(broadcaster.messages()).isGreaterThan(3 * broadcaster.made());
  }

  @Test
  void whoTakesNothingIsLetGo() throws Exception {
    TestLink stuck = new TestLink(true);
    broadcaster.join(stuck);
    stuck.next();
    long until = System.nanoTime() + 10 * SECOND;
    while (broadcaster.clients() > 0 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(broadcaster.clients()).isZero();
    assertThat(stuck.closed).contains("took nothing");
    assertThat(broadcaster.letGo()).isEqualTo(1);
  }

  @Test
  void whatIsWatchedComesAtOnceAndAgainWhenItChanges() throws Exception {
    TestLink link = new TestLink(false);
    broadcaster.join(link);
    link.next();
    board.apply(List.of(Told.stock("SKU1", 0, 1, 7, 1)));
    broadcaster.watch(link, new Watched("product", "SKU1"));
    assertThat(link.nextWith("complete").path("available").asLong()).isEqualTo(7);
    board.apply(List.of(Told.stock("SKU1", 0, 2, 6, 2)));
    assertThat(link.nextWith("complete").path("available").asLong()).isEqualTo(6);
    broadcaster.watch(link, null);
    broadcaster.leave(link);
    assertThat(broadcaster.clients()).isZero();
  }

  @Test
  void afterTopicsWereMadeAnewEverybodyGetsASnapshot() throws Exception {
    tell(5);
    TestLink link = new TestLink(false);
    broadcaster.join(link);
    assertThat(tree(link.next().text()).path("shop")).hasSize(1);
    board.reset();
    JsonNode snapshot = link.nextWith("categories");
    assertThat(snapshot.path("type").asText()).isEqualTo("snapshot");
    assertThat(snapshot.path("shop")).isEmpty();
  }
}
