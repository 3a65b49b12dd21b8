package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.alerting.webhooks.sending.Destination;
import io.tillstream.operators.alerting.webhooks.sending.Poster;
import io.tillstream.operators.alerting.webhooks.sending.RefusedException;
import io.tillstream.operators.alerting.webhooks.sending.Reply;
import io.tillstream.routing.event.ErrorClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Decides which webhook goes out when, and what follows from each answer. One queue for each
 * destination, so that one who does not answer delays nobody but itself. All calls come from one
 * thread; the poster's answers come home to it.
 */
final class Dispatcher {

  /** Where those leave that nobody took. */
  @FunctionalInterface
  interface Exit {
    /** One is given up. */
    void giveUp(Delivery delivery, ErrorClass why, String words);
  }

  /**
   * What it works with.
   *
   * @param poster makes the attempts
   * @param home runs the poster's answers in the one thread
   * @param clock never goes back
   * @param random for the pauses
   */
  record Ports(Poster poster, Executor home, DispatchClock clock, RandomGenerator random) {}

  private static final int MOST_DISABLED = 1_000;

  /** How many full queues there is room for, before each gets only its share. */
  private static final int FULL_QUEUES = 20;

  private final WebhookOptions options;
  private final Ports ports;
  private final Tallies tallies;
  private final LongConsumer latencies;
  private final Exit exit;
  private final Map<String, DestinationQueue> queues = new LinkedHashMap<>();
  private final Map<String, Long> disabled = new LinkedHashMap<>();
  private final Troubles troubles = new Troubles();
  private boolean frozen;

  Dispatcher(
      WebhookOptions options, Ports ports, Tallies tallies, LongConsumer latencies, Exit exit) {
    this.options = options;
    this.ports = ports;
    this.tallies = tallies;
    this.latencies = latencies;
    this.exit = exit;
  }

  // ---- what comes in ----

  /** One to be sent. */
  void offer(Delivery delivery) {
    String url = delivery.destination();
    if (delivery.byHand()) {
      disabled.remove(url);
    }
    if (disabled.containsKey(url)) {
      giveUp(delivery, ErrorClass.WEBHOOK_DISABLED, "its receiver wants no more (HTTP 410)");
      return;
    }
    DestinationQueue queue = queues.get(url);
    if (queue != null && queue.holds(delivery)) {
      tallies.raise(Tallies.REPEATED);
      return;
    }
    String full = queue == null ? noRoomForAnother() : noRoomIn(queue);
    if (full != null) {
      giveUp(delivery, ErrorClass.WEBHOOK_QUEUE_FULL, full);
      return;
    }
    long now = ports.clock().millis();
    if (queue == null) {
      queue = open(url);
    }
    if (delivery.byHand()) {
      queue.resume();
    }
    queue.add(new Pending(delivery, 0, now, now));
    send(url, queue);
  }

  private String noRoomForAnother() {
    return queues.size() < options.destinations()
        ? null
        : "webhooks for " + options.destinations() + " destinations wait already";
  }

  // All of it is in each checkpoint, so there is a bound on the whole as well; but whoever waits
  // with little is not refused because others wait with much.
  private String noRoomIn(DestinationQueue queue) {
    boolean crowded = queued() >= FULL_QUEUES * options.queue();
    boolean share = queue.size() < FULL_QUEUES * options.queue() / options.destinations();
    return queue.isFull() || (crowded && !share)
        ? queue.size() + " webhooks for this destination wait already"
        : null;
  }

  private DestinationQueue open(String url) {
    DestinationQueue queue = new DestinationQueue(options.queue(), options.inFlight());
    queues.put(url, queue);
    return queue;
  }

  /** One that a checkpoint kept; it leaves at the next {@link #turn}. */
  void restore(Pending kept) {
    String url = kept.delivery().destination();
    DestinationQueue queue = queues.get(url);
    (queue == null ? open(url) : queue).add(kept.restored(ports.clock().millis()));
  }

  /** A destination that a checkpoint knows to want no more. */
  void restore(Disabled kept) {
    disabled.put(kept.destination(), kept.since());
  }

  /** Sends whatever is due. */
  void turn() {
    if (frozen) {
      return;
    }
    for (Map.Entry<String, DestinationQueue> queue : List.copyOf(queues.entrySet())) {
      send(queue.getKey(), queue.getValue());
    }
  }

  /** From now on nothing is sent or given up; what is not delivered stays to be kept. */
  void freeze() {
    frozen = true;
  }

  // ---- what goes out ----

  private void send(String url, DestinationQueue queue) {
    for (Pending pending : queue.leaving(ports.clock().millis())) {
      Delivery delivery = pending.delivery();
      Destination destination;
      try {
        destination = Destination.of(url);
      } catch (RefusedException e) {
        judge(queue, pending, Reply.refused(e.getMessage()));
        continue;
      }
      ports
          .poster()
          .post(
              destination,
              delivery.webhookId(),
              delivery.body(),
              reply -> ports.home().execute(() -> answered(url, queue, pending, reply)));
    }
    clean(url, queue);
  }

  private void answered(String url, DestinationQueue queue, Pending pending, Reply reply) {
    if (frozen) {
      if (reply.kind() == Reply.Kind.DONE) {
        judge(queue, pending, reply);
      }
      return;
    }
    judge(queue, pending, reply);
    send(url, queue); // its place is free
  }

  private void judge(DestinationQueue queue, Pending pending, Reply reply) {
    Delivery delivery = pending.delivery();
    String url = delivery.destination();
    switch (reply.kind()) {
      case DONE -> {
        queue.back(pending, null);
        tallies.raise(Tallies.DELIVERED);
        latencies.accept(ports.clock().millis() - pending.since());
        troubles.over(url);
      }
      case RETRY -> retry(queue, pending, reply);
      case REFUSED -> {
        queue.back(pending, null);
        troubles.tell(url, reply.what(), ports.clock().millis());
        giveUp(delivery, ErrorClass.WEBHOOK_REFUSED, reply.what());
      }
      case GONE -> {
        queue.back(pending, null);
        disable(url);
        giveUp(delivery, ErrorClass.WEBHOOK_DISABLED, "its receiver wants no more (HTTP 410)");
        for (Pending other : queue.removeWaiting()) {
          giveUp(
              other.delivery(),
              ErrorClass.WEBHOOK_DISABLED,
              "its receiver wants no more (HTTP 410 to an earlier one)");
        }
      }
    }
  }

  private void retry(DestinationQueue queue, Pending pending, Reply reply) {
    Delivery delivery = pending.delivery();
    String url = delivery.destination();
    int failed = pending.failed() + 1;
    long now = ports.clock().millis();
    troubles.tell(url, reply.what(), now);
    if (disabled.containsKey(url)) {
      queue.back(pending, null); // said no to another one meanwhile
      giveUp(delivery, ErrorClass.WEBHOOK_DISABLED, "its receiver wants no more (HTTP 410)");
      return;
    }
    if (!options.backoff().allows(failed)) {
      queue.back(pending, null);
      giveUp(
          delivery,
          ErrorClass.WEBHOOK_EXHAUSTED,
          failed
              + (failed == 1 ? " attempt" : " attempts")
              + " failed within "
              + (now - pending.since()) / 1_000
              + " s, the last one: "
              + reply.what());
      return;
    }
    tallies.raise(Tallies.RETRIED);
    long pause = options.backoff().pauseMillis(failed, ports.random());
    if (reply.pause() != null) {
      long asked = Math.min(reply.pause().toMillis(), options.retryAfter().toMillis());
      queue.pause(now + asked); // whoever is throttled is so for all that come
      pause = Math.max(pause, asked);
    }
    queue.back(pending, pending.again(now + pause));
  }

  private void disable(String url) {
    troubles.over(url);
    disabled.put(url, ports.clock().epochMillis());
    if (disabled.size() > MOST_DISABLED) {
      disabled.remove(disabled.keySet().iterator().next());
    }
  }

  private void giveUp(Delivery delivery, ErrorClass why, String words) {
    tallies.raise(why);
    exit.giveUp(delivery, why, words);
  }

  private void clean(String url, DestinationQueue queue) {
    if (queue.size() == 0) {
      queues.remove(url, queue);
    }
  }

  // ---- what can be asked ----

  /** What a checkpoint keeps: those in flight too, for nobody knows whether they arrived. */
  List<Pending> kept() {
    long now = ports.clock().millis();
    List<Pending> kept = new ArrayList<>();
    for (DestinationQueue queue : queues.values()) {
      queue.all().forEach(pending -> kept.add(pending.kept(now)));
    }
    return kept;
  }

  /** The destinations that want no more. */
  List<Disabled> disabled() {
    return disabled.entrySet().stream().map(e -> new Disabled(e.getKey(), e.getValue())).toList();
  }

  /** Whether something has not been tried yet, or is being tried. */
  boolean hasFirstTries() {
    return queues.values().stream().anyMatch(DestinationQueue::hasFirstTries);
  }

  private int queued() {
    return queues.values().stream().mapToInt(DestinationQueue::size).sum();
  }

  /** How it stands, for reports. */
  Standing standing() {
    int flying = 0;
    int retrying = 0;
    for (DestinationQueue queue : queues.values()) {
      flying += queue.inFlight();
      retrying += queue.retrying();
    }
    troubles.forget(ports.clock().millis(), queues.keySet());
    return new Standing(
        queued(), flying, retrying, disabled.size(), troubles.words(disabled.keySet()));
  }
}
