package io.tillstream.local.demo;

import io.tillstream.local.catalog.CatalogLoader;
import io.tillstream.local.data.traffic.CatalogLines;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.process.StackException;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.LineSplitter;
import io.tillstream.local.topics.Pace;
import io.tillstream.local.topics.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;

/** The made shop behind the demo: its catalog into Redis, its traffic into Kafka. */
public final class DemoTraffic {
  private static final int OPEN_FOR_SECONDS = 90;

  private final Endpoints endpoints;
  private final TrafficOptions options;

  public DemoTraffic(Endpoints endpoints, TrafficOptions options) {
    this.endpoints = endpoints;
    this.options = options;
  }

  /**
   * Loads the catalog that belongs to the traffic.
   *
   * @return how many products and shoppers
   */
  public long loadCatalog() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try {
      CatalogLines.write(options, lines);
      return new CatalogLoader(URI.create("redis://" + endpoints.redis()))
          .load(new LineSplitter(new ByteArrayInputStream(lines.toByteArray())), count -> {});
    } catch (IOException e) {
      throw new StackException("cannot load the catalog: " + e.getMessage(), e);
    }
  }

  /** The same shop with a story in it: call {@link Demo#play} to see it. */
  StoryPlayer story(LocalStack stack) {
    return new StoryPlayer(Story.ofAShop(), stack, options);
  }

  /** Sends traffic at the options' rate, event times now, until the thread is interrupted. */
  void run() {
    TrafficGenerator traffic = new TrafficGenerator(options);
    // A shop that is open already: somebody is about to buy from the first second on.
    for (int before = 0; before < OPEN_FOR_SECONDS * options.rate(); before++) {
      traffic.next(System.currentTimeMillis());
    }
    Pace pace = new Pace(options.rate());
    try (EventSender sender = new EventSender(endpoints.kafka(), Topics.SHOP_EVENTS)) {
      while (!Thread.currentThread().isInterrupted()) {
        pace.await();
        sender.send(traffic.next(System.currentTimeMillis()));
      }
    }
  }
}
