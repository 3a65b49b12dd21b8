package io.tillstream.operators.aggregation.trending;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the list to show of the products in order. */
final class Ranking {

  private Ranking() {}

  /**
   * The list.
   *
   * @param windowEnd in epoch seconds
   * @param top the products in order
   * @param previous the list before, or null
   */
  static TrendingList of(
      long windowEnd, List<TrendCount> top, TrendingList previous, Titles titles) {
    Map<String, Integer> before = new HashMap<>();
    if (previous != null) {
      previous.items().forEach(item -> before.put(item.itemId(), item.rank()));
    }
    List<TrendingItem> items = new ArrayList<>(top.size());
    for (TrendCount count : top) {
      Title title = titles.peek(count.itemId());
      items.add(
          new TrendingItem(
              count.itemId(),
              title.title(),
              title.category(),
              count.views(),
              count.units(),
              items.size() + 1,
              before.get(count.itemId())));
    }
    return new TrendingList(windowEnd, items);
  }
}
