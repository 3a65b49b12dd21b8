package io.tillstream.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.board.Rows;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.status.Status;
import io.tillstream.local.status.StatusCollector;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Traffic into a running stack and a table out of it, until somebody ends it. */
public final class Demo {
  private static final Duration REDRAW = Duration.ofSeconds(1);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final LocalStack stack;
  private final DemoTraffic traffic;
  private final Clock clock;
  private final Rows rows = new Rows();
  private JsonNode trending = Json.MAPPER.nullNode();
  private final Optional<StoryPlayer> story;
  private int actShown = -1;
  private volatile Throwable trafficFailure;

  /**
   * @param withStory whether something happens in the shop, told in words
   */
  public Demo(LocalStack stack, DemoTraffic traffic, Clock clock, boolean withStory) {
    this.stack = stack;
    this.traffic = traffic;
    this.clock = clock;
    this.story = withStory ? Optional.of(traffic.story(stack)) : Optional.empty();
  }

  /**
   * Plays until the stack is gone or the JVM ends.
   *
   * @param redraws whether a person watches: then the screen is redrawn each second, else there is
   *     one line every five seconds
   */
  public void play(boolean redraws, Consumer<List<String>> show) {
    Endpoints endpoints = stack.endpoints();
    List<Thread> players = new ArrayList<>();
    players.add(player("traffic", traffic::run));
    story.ifPresent(player -> players.add(player("story", player::run)));
    try (TopicReader reader = new TopicReader(endpoints.kafka());
        StatusCollector collector = new StatusCollector(endpoints, clock)) {
      reader.follow(Topics.SHOP_METRICS, Topics.SHOP_TRENDING);
      players.forEach(Thread::start);
      Duration every = redraws ? REDRAW : LINE_EVERY;
      long next = System.nanoTime();
      while (stack.alive()) {
        if (trafficFailure != null) {
          throw new StackException("traffic ended: " + trafficFailure.getMessage(), trafficFailure);
        }
        reader.poll(Duration.ofMillis(200), this::take);
        if (System.nanoTime() >= next) {
          rows.keepNewestWindow();
          show(redraws, collector, show);
          next = Math.max(next + every.toNanos(), System.nanoTime());
        }
      }
      throw new StackException("the stack was stopped");
    } finally {
      players.forEach(Thread::interrupt);
    }
  }

  private void show(boolean redraws, StatusCollector collector, Consumer<List<String>> show) {
    StoryPlayer.Words words = story.map(StoryPlayer::words).orElse(StoryPlayer.Words.NONE);
    try {
      Status status = collector.collect();
      if (redraws) {
        List<String> screen =
            new ArrayList<>(DemoScreen.head(stack.endpoints(), stack.options().dashboard()));
        screen.addAll(words.lines());
        screen.addAll(DemoScreen.lines(rows.newestShopWindow(), trending, status, clock.instant()));
        show.accept(screen);
        return;
      }
      List<String> lines = new ArrayList<>();
      if (words.number() != actShown) {
        actShown = words.number();
        lines.addAll(words.lines());
      }
      lines.add(DemoScreen.line(rows.newestShopWindow(), status));
      show.accept(lines);
    } catch (StackException kafkaIsAway) {
      show.accept(List.of(kafkaIsAway.getMessage()));
    }
  }

  private Thread player(String name, Runnable play) {
    Thread thread =
        new Thread(
            () -> {
              try {
                play.run();
              } catch (RuntimeException e) {
                trafficFailure = e;
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      JsonNode tree = Json.MAPPER.readTree(record.value());
      if (record.topic().equals(Topics.SHOP_TRENDING)) {
        trending = tree;
      } else {
        rows.add(tree);
      }
    } catch (IOException notOurs) {
      // A stranger's message shows nothing.
    }
  }
}
