package io.tillstream.operators.aggregation.trending;

import java.util.List;

/**
 * The products most looked at.
 *
 * @param windowEnd the end of the sliding window, not part of it, in epoch seconds
 * @param items by rank
 */
public record TrendingList(long windowEnd, List<TrendingItem> items) {}
