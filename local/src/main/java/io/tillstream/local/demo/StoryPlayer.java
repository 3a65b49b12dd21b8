package io.tillstream.local.demo;

import io.tillstream.local.data.traffic.ProductEvents;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.Story.Scene;
import io.tillstream.local.process.StackException;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.Part;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Plays the {@link Story} on a stack: events of its product, and what befalls Redis. */
final class StoryPlayer {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration STOCK_EVERY = Duration.ofSeconds(1);

  /** Far down the list of popular products, so that nobody else touches them. */
  private static final int RANK = 10;

  /** Of a hundred events of the sale: the others look. */
  private static final int ADD = 12;

  private static final int BUY = 8;

  private final Story story;
  private final LocalStack stack;
  private final TrafficOptions traffic;
  private volatile Scene scene;
  private volatile ProductEvents product;
  private long count;
  private double owed;
  private long nextStock;

  StoryPlayer(Story story, LocalStack stack, TrafficOptions traffic) {
    this.story = story;
    this.stack = stack;
    this.traffic = traffic;
  }

  /**
   * What a person is told.
   *
   * @param number of the act
   * @param lines what is on, what to watch for, and what comes next
   */
  record Words(int number, List<String> lines) {
    static final Words NONE = new Words(-1, List.of());
  }

  /** What is on now; nothing before it began. */
  Words words() {
    Scene now = scene;
    ProductEvents about = product;
    if (now == null || about == null) {
      return Words.NONE;
    }
    List<String> lines = new ArrayList<>(story.words(now, about.title()));
    lines.add(story.next(now, about.title()));
    return new Words(now.number(), lines);
  }

  /** Plays until the thread is interrupted. */
  void run() {
    long begin = System.nanoTime();
    try (EventSender sender = new EventSender(stack.endpoints().kafka(), Topics.SHOP_EVENTS)) {
      while (!Thread.currentThread().isInterrupted()) {
        Scene now = story.at(Duration.ofNanos(System.nanoTime() - begin));
        boolean begins =
            scene == null || scene.number() != now.number() || scene.round() != now.round();
        if (product == null || scene.round() != now.round()) {
          product = new ProductEvents(hero(now.round()), traffic.users(), System.nanoTime());
        }
        scene = now;
        if (begins) {
          act(now.act().deed());
        }
        send(sender, now);
        LockSupport.parkNanos(TICK.toNanos());
      }
    }
  }

  /** The product of a round. */
  private int hero(long round) {
    int number = (int) (traffic.products() - 1 - (RANK * round + RANK) % (traffic.products() / 2));
    return ProductEvents.inCatalog(number) ? number : number - 1;
  }

  private void act(Story.Deed deed) {
    try {
      switch (deed) {
        case NOTHING -> {}
        case KILL_REDIS -> stack.kill(Part.REDIS);
        case START_REDIS -> stack.start(Part.REDIS);
      }
    } catch (StackException somebodyElseDid) {
      // A person at another terminal plays along: what was to be done is done.
    }
  }

  private void send(EventSender sender, Scene now) {
    owed += traffic.rate() * now.act().sale() * TICK.toMillis() / 1000;
    for (; owed >= 1; owed--) {
      long at = System.currentTimeMillis();
      int which = (int) (count++ * 37 % 100);
      sender.send(
          which < BUY
              ? product.purchase(at)
              : which < BUY + ADD ? product.addToCart(at) : product.view(at));
    }
    if (System.nanoTime() >= nextStock) {
      sender.send(product.stock(System.currentTimeMillis(), now.stock()));
      nextStock = System.nanoTime() + STOCK_EVERY.toNanos();
    }
  }
}
