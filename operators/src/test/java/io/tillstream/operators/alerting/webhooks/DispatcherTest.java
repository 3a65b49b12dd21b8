package io.tillstream.operators.alerting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillstream.operators.alerting.webhooks.sending.Backoff;
import io.tillstream.operators.alerting.webhooks.sending.Destination;
import io.tillstream.operators.alerting.webhooks.sending.Poster;
import io.tillstream.operators.alerting.webhooks.sending.Reply;
import io.tillstream.routing.event.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final String A = "https://a.example/secret-path";
  private static final String B = "https://b.example/";
  private static final int QUEUE = 4;

  /** An attempt that waits for the test's answer. */
  private record Post(String url, String id, Consumer<Reply> done) {}

  private record Letter(String id, ErrorClass why, String words) {}

  private final List<Post> posts = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final Tallies tallies = new Tallies();
  private final WebhookOptions options =
      new WebhookOptions(
          false,
          "",
          Duration.ofSeconds(5),
          "shop-alerts",
          new Backoff(3, Duration.ofSeconds(1), 2, 0),
          QUEUE,
          2,
          2,
          Duration.ofMinutes(1));
  private long now = 5_000;
  private Dispatcher dispatcher = dispatcher(options);

  private Dispatcher dispatcher(WebhookOptions with) {
    Poster poster =
        new Poster() {
          @Override
          public void post(
              Destination destination, String webhookId, byte[] body, Consumer<Reply> done) {
            posts.add(new Post(destination.text(), webhookId, done));
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    DispatchClock clock =
        new DispatchClock() {
          @Override
          public long millis() {
            return now;
          }

          @Override
          public long epochMillis() {
            return 1_795_492_800_000L + now;
          }
        };
    return new Dispatcher(
        with,
        new Dispatcher.Ports(poster, Runnable::run, clock, new SplittableRandom(1)),
        tallies,
        took -> {},
        (delivery, why, words) -> letters.add(new Letter(delivery.webhookId(), why, words)));
  }

  private static Delivery delivery(String id, String url, boolean byHand) {
    return new Delivery(id, url, new byte[0], id.split("\\.", -1)[0], byHand);
  }

  private void offer(String id, String url) {
    dispatcher.offer(delivery(id, url, false));
  }

  private void answer(String id, int status) {
    answer(id, Reply.of(status, null, Instant.EPOCH));
  }

  private void answer(String id, Reply reply) {
    Post post = posts.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    posts.remove(post);
    post.done().accept(reply);
  }

  private List<String> posted() {
    return posts.stream().map(Post::id).toList();
  }

  private void pass(long millis) {
    now += millis;
    dispatcher.turn();
  }

  private long count(String name) {
    return tallies.counts().toMap().get(name);
  }

  @Test
  void sendsAtOnceAndForgetsWhatIsDelivered() {
    offer("x.1", A);
    assertThat(posted()).containsExactly("x.1");
    assertThat(dispatcher.kept()).hasSize(1);
    answer("x.1", 200);
    assertThat(dispatcher.kept()).isEmpty();
    assertThat(letters).isEmpty();
    assertThat(count("webhooks_delivered")).isEqualTo(1);
    assertThat(dispatcher.standing()).isEqualTo(Standing.CALM);
  }

  @Test
  void triesAgainUntilTheAttemptsAreUsedUp() {
    offer("x.1", A);
    offer("x.2", A);
    answer("x.1", 500);
    assertThat(dispatcher.standing().retrying()).isEqualTo(1);
    assertThat(dispatcher.standing().note())
        .isEqualTo("webhooks: no delivery to a.example: HTTP 500");
    pass(999);
    assertThat(posted()).isEmpty();
    pass(1);
    answer("x.1", Reply.failed("time-out"));
    pass(2_000);
    answer("x.1", 503);
    assertThat(letters)
        .containsExactly(
            new Letter(
                "x.1",
                ErrorClass.WEBHOOK_EXHAUSTED,
                "3 attempts failed within 3 s, the last one: HTTP 503"));
    assertThat(posted()).as("the next of the alert follows at once").containsExactly("x.2");
    answer("x.2", 204);
    assertThat(dispatcher.standing().note()).isNull();
    assertThat(count("webhooks_retried")).isEqualTo(2);
    assertThat(count("webhooks_exhausted")).isEqualTo(1);
  }

  @Test
  void waitsAsLongAsTheReceiverAsksWithinABound() {
    offer("x.1", A);
    offer("y.1", A);
    answer("x.1", Reply.of(429, "30", Instant.EPOCH));
    answer("y.1", 200);
    offer("z.1", A);
    offer("b.1", B);
    assertThat(posted()).as("throttled is throttled for all").containsExactly("b.1");
    pass(29_999);
    assertThat(posted()).containsExactly("b.1");
    pass(1);
    assertThat(posted()).containsExactly("b.1", "x.1", "z.1");
    answer("x.1", Reply.of(503, "86400", Instant.EPOCH));
    pass(60_000);
    assertThat(posted()).contains("x.1");
  }

  @Test
  void aDestinationThatWantsNoMoreGetsNoMore() {
    offer("x.1", A);
    offer("y.1", A);
    offer("x.2", A);
    offer("z.1", A);
    assertThat(posted()).containsExactly("x.1", "y.1");
    answer("x.1", 410);
    assertThat(letters)
        .extracting(Letter::id, Letter::why)
        .containsExactly(
            tuple("x.1", ErrorClass.WEBHOOK_DISABLED),
            tuple("z.1", ErrorClass.WEBHOOK_DISABLED),
            tuple("x.2", ErrorClass.WEBHOOK_DISABLED));
    assertThat(dispatcher.standing().note())
        .isEqualTo("webhooks: a.example is disabled: it said HTTP 410");
    assertThat(dispatcher.standing().disabled()).isEqualTo(1);
    answer("y.1", 500);
    assertThat(letters).last().extracting(Letter::id).isEqualTo("y.1");
    offer("w.1", A);
    offer("b.1", B);
    assertThat(letters).last().extracting(Letter::id).isEqualTo("w.1");
    assertThat(posted()).containsExactly("b.1");
    assertThat(count("webhooks_disabled")).isEqualTo(5);
    assertThat(dispatcher.disabled()).containsExactly(new Disabled(A, 1_795_492_800_000L + 5_000));
  }

  @Test
  void aPersonEnablesADestinationAgain() {
    offer("x.1", A);
    answer("x.1", 410);
    dispatcher.offer(delivery("x.1", A, true));
    assertThat(posted()).containsExactly("x.1");
    answer("x.1", 200);
    offer("y.1", A);
    answer("y.1", 200);
    assertThat(count("webhooks_delivered")).isEqualTo(2);
    assertThat(dispatcher.disabled()).isEmpty();
  }

  @Test
  void refusedOnesAreGivenUpWithTheReason() {
    offer("x.1", "ftp://a.example/");
    offer("y.1", A);
    answer("y.1", Reply.refused("there is no secret to sign with"));
    offer("z.1", A);
    answer("z.1", 404);
    assertThat(letters)
        .containsExactly(
            new Letter(
                "x.1", ErrorClass.WEBHOOK_REFUSED, "the URL must begin with https:// or http://"),
            new Letter("y.1", ErrorClass.WEBHOOK_REFUSED, "there is no secret to sign with"),
            new Letter("z.1", ErrorClass.WEBHOOK_REFUSED, "HTTP 404"));
    assertThat(dispatcher.kept()).isEmpty();
    assertThat(dispatcher.standing().note()).contains("a.example: HTTP 404");
    pass(Duration.ofMinutes(11).toMillis());
    assertThat(dispatcher.standing().note()).as("forgotten in time").isNull();
  }

  @Test
  void overflowIsGivenUpAtOnceAndDelaysNobodyElse() {
    for (int i = 1; i <= QUEUE + 2; i++) {
      offer("x" + i + ".1", A);
    }
    assertThat(letters)
        .extracting(Letter::id, Letter::why)
        .containsExactly(
            tuple("x5.1", ErrorClass.WEBHOOK_QUEUE_FULL),
            tuple("x6.1", ErrorClass.WEBHOOK_QUEUE_FULL));
    offer("b.1", B);
    assertThat(posted()).contains("b.1");
    offer("c.1", "https://c.example/");
    assertThat(letters)
        .last()
        .isEqualTo(
            new Letter(
                "c.1", ErrorClass.WEBHOOK_QUEUE_FULL, "webhooks for 2 destinations wait already"));
    answer("b.1", 200);
    offer("c.1", "https://c.example/");
    assertThat(posted()).contains("c.1");
  }

  @Test
  void theWholeHasABoundThatRefusesNobodyWithLittle() {
    WebhookOptions many =
        new WebhookOptions(
            false,
            "",
            Duration.ofSeconds(5),
            "shop-alerts",
            new Backoff(3, Duration.ofSeconds(1), 2, 0),
            1_000,
            8,
            100,
            Duration.ofMinutes(1));
    dispatcher = dispatcher(many);
    for (int url = 0; url < 99; url++) {
      for (int i = 0; i < 1_000; i++) {
        offer("x" + i + ".1", "https://dead" + url + ".example/");
      }
    }
    assertThat(dispatcher.standing().queued()).isBetween(20_000, 40_000);
    for (int i = 0; i < 200; i++) {
      offer("good" + i + ".1", A);
    }
    assertThat(posted()).as("it has its share").contains("good0.1");
    assertThat(letters).noneMatch(letter -> letter.id().equals("good199.1"));
  }

  @Test
  void theSameWebhookTwiceIsSentOnce() {
    offer("x.1", A);
    offer("x.1", A);
    assertThat(posted()).containsExactly("x.1");
    assertThat(count("webhooks_repeated")).isEqualTo(1);
    answer("x.1", 200);
    assertThat(posted()).isEmpty();
  }

  @Test
  void afterARestoreAllThatWasNotDeliveredGoesOutAgainInOrder() {
    offer("x.1", A);
    offer("x.2", A);
    offer("y.1", A);
    answer("y.1", 500);
    now += 400;
    List<Pending> kept = dispatcher.kept();
    assertThat(kept).hasSize(3);
    posts.clear();

    now = 77_000; // another machine, another clock
    dispatcher = dispatcher(options);
    kept.forEach(dispatcher::restore);
    dispatcher.turn();
    assertThat(posted()).containsExactly("x.1");
    answer("x.1", 200);
    assertThat(posted()).containsExactly("x.2");
    pass(599);
    assertThat(posted()).containsExactly("x.2");
    pass(1);
    assertThat(posted()).containsExactly("x.2", "y.1");
    answer("y.1", 500);
    pass(2_000);
    answer("y.1", 500);
    assertThat(letters)
        .extracting(Letter::words)
        .as("attempts before the restore count")
        .containsExactly("3 attempts failed within 3 s, the last one: HTTP 500");
  }

  @Test
  void aDisabledDestinationStaysSoOverARestore() {
    offer("x.1", A);
    answer("x.1", 410);
    List<Disabled> kept = dispatcher.disabled();
    dispatcher = dispatcher(options);
    kept.forEach(dispatcher::restore);
    offer("y.1", A);
    assertThat(posted()).isEmpty();
    assertThat(letters).last().extracting(Letter::id).isEqualTo("y.1");
  }

  @Test
  void onceFrozenItGivesNothingUpAndKeepsWhatIsNotDelivered() {
    offer("x.1", A);
    offer("y.1", A);
    dispatcher.freeze();
    answer("x.1", 200);
    answer("y.1", 404);
    pass(10_000);
    assertThat(letters).isEmpty();
    assertThat(dispatcher.kept()).extracting(p -> p.delivery().webhookId()).containsExactly("y.1");
  }
}
