package io.tillstream.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.rows.Histories;
import io.tillstream.dashboard.rows.History;
import io.tillstream.dashboard.rows.Row;
import io.tillstream.dashboard.rows.RowReader;
import io.tillstream.dashboard.rows.Stock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that the dashboard knows. Messages go in, in the order of their topics; what is shown comes
 * out through {@link Screen} and {@link Answers}. Every size is bounded, whatever comes in. One
 * thread at a time: whoever uses it holds its lock.
 */
public final class View {
  /** The number of somebody who has been shown nothing. */
  public static final long NOTHING = -1;

  /** An hour of minutes and a little. */
  static final int WINDOWS = 70;

  private static final int PRODUCT_ROWS = 400_000;
  private static final int OTHER_ROWS = 40_000;
  private static final int SHOP_ROWS = 1_000;

  /** The contract lets events be an hour ahead of Kafka's time. */
  private static final long AHEAD = 2 * 3_600_000L;

  private static final long LONGEST_WINDOW = 31 * 86_400_000L;

  private final Map<String, Histories> histories = new HashMap<>();
  private final Map<Watched, Integer> watched = new HashMap<>();
  private final Map<Watched, Long> watchedChanges = new HashMap<>();
  final ShopWindows shop;
  final LowStock lowStock = new LowStock();
  final Titles titles = new Titles();
  final Trending trending = new Trending();
  final Alerts alerts = new Alerts();
  final Pipeline pipeline = new Pipeline();
  Feed feed = Feed.NONE;
  long newestData = Row.NONE;
  private long changes;

  /** Knows nothing yet. */
  public View() {
    this(PRODUCT_ROWS);
  }

  /**
   * Knows nothing yet.
   *
   * @param productRows how many rows of products are kept at most
   */
  public View(int productRows) {
    Histories all = new Histories(Row.SHOP, WINDOWS, SHOP_ROWS);
    histories.put(Row.SHOP, all);
    histories.put(Row.CATEGORY, new Histories(Row.CATEGORY, WINDOWS, OTHER_ROWS));
    histories.put(Row.SEGMENT, new Histories(Row.SEGMENT, WINDOWS, OTHER_ROWS));
    histories.put(Row.PRODUCT, new Histories(Row.PRODUCT, WINDOWS, productRows));
    shop = new ShopWindows(all);
  }

  /**
   * Takes a message.
   *
   * @return false if it is none of its topic: a stranger's, which changes nothing
   */
  public boolean apply(Message message) {
    if (message.value() == null) {
      return true; // a tombstone: what is old is forgotten anyway
    }
    boolean good =
        switch (message.topic()) {
          case SHOP_METRICS -> metrics(message);
          case SHOP_TRENDING -> trending.add(JsonText.tree(message.value()), titles);
          case SHOP_ALERTS -> alert(JsonText.tree(message.value()));
          case AGENT_STATUS -> pipeline.report(JsonText.tree(message.value()));
          case ROUTE_DECISIONS -> pipeline.decision(JsonText.tree(message.value()));
        };
    if (good) {
      changes++;
    }
    return good;
  }

  private boolean metrics(Message message) {
    Optional<Row> read = RowReader.read(message.value());
    Histories its = read.map(row -> histories.get(row.dimension())).orElse(null);
    if (its == null || !sane(read.get(), message.timestamp())) {
      return false;
    }
    Row row = read.get();
    newestData = Math.max(newestData, message.timestamp());
    History.Change change = its.put(row);
    if (change == History.Change.NONE) {
      return true;
    }
    if (row.dimension().equals(Row.SHOP)) {
      shop.changed(row);
      long length = row.windowEnd() - row.windowStart();
      histories.values().forEach(each -> each.advance(row.windowStart(), length));
    } else if (row.dimension().equals(Row.PRODUCT) && change == History.Change.STOCK) {
      // Where the row has no stock, one that had was put right.
      lowStock.put(row.key(), its.stock(row.key()), row.stock() == null);
    }
    touch(new Watched(row.dimension(), row.key()));
    return true;
  }

  private static boolean sane(Row row, long timestamp) {
    return row.windowStart() >= 0
        && row.windowStart() <= timestamp + AHEAD
        && row.windowEnd() - row.windowStart() <= LONGEST_WINDOW;
  }

  private boolean alert(JsonNode tree) {
    Alerts.Item item = alerts.add(tree);
    if (item != null) {
      touch(
          new Watched(
              item.json().path("dimension").asText(""), item.json().path("key").asText("")));
    }
    return tree != null && tree.path("alert_id").isTextual();
  }

  private void touch(Watched one) {
    if (watched.containsKey(one)) {
      watchedChanges.put(one, changes + 1);
    }
  }

  /** How well the topics are followed from now on. */
  public void feed(Feed now) {
    feed = now;
    changes++;
  }

  public Feed feed() {
    return feed;
  }

  /** Where the pipeline's input begins and ends, by partition. */
  public void input(Map<Integer, Long> begins, Map<Integer, Long> ends) {
    pipeline.input(begins, ends);
    changes++;
  }

  /** What Flink says of the job; null for both while it is not asked. */
  public void flink(JobView job, CheckpointView checkpoints) {
    pipeline.flink(job, checkpoints);
    changes++;
  }

  /** Somebody watches it from now on. */
  public void watch(Watched one) {
    watched.merge(one, 1, Integer::sum);
    watchedChanges.put(one, changes);
  }

  /** Somebody does not watch it any more. */
  public void unwatch(Watched one) {
    watched.computeIfPresent(one, (key, times) -> times == 1 ? null : times - 1);
    if (!watched.containsKey(one)) {
      watchedChanges.remove(one);
    }
  }

  /** The number of the last change of something that is watched. */
  public long changed(Watched one) {
    return watchedChanges.getOrDefault(one, 0L);
  }

  /** The number of the last change; it only grows. */
  public long changes() {
    return changes;
  }

  /** How long a window is, 0 while none is known. */
  long windowMillis() {
    return of(Row.SHOP).windowMillis();
  }

  Histories of(String dimension) {
    return histories.get(dimension);
  }

  /** The newest stock of a product, or null. */
  Stock stock(String itemId) {
    return Stock.newer(of(Row.PRODUCT).stock(itemId), lowStock.of(itemId));
  }

  /** How many rows of products are held. */
  public int productRows() {
    return of(Row.PRODUCT).rows();
  }
}
