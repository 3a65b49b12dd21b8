package io.tillstream.operators.aggregation.trending;

import java.util.List;

/**
 * The top of one subtask's products.
 *
 * @param windowEnd the end of the sliding window, not part of it, in epoch seconds
 * @param subtask whose, 0..subtasks-1
 * @param subtasks how many there are
 * @param items the products in {@linkplain TrendCount#RANKING order}
 */
public record LocalTop(long windowEnd, int subtask, int subtasks, List<TrendCount> items) {}
