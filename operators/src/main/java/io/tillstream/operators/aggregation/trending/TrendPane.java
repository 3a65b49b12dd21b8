package io.tillstream.operators.aggregation.trending;

import java.util.List;

/**
 * One second of one key group's products, as it stands in state.
 *
 * @param counts one for each product, in no order
 */
public record TrendPane(List<TrendCount> counts) {}
