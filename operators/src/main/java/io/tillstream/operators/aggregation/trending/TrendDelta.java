package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.figures.Trend;

/**
 * New views and bought units of a product.
 *
 * @param itemId the product
 * @param trend when how many
 */
public record TrendDelta(String itemId, Trend trend) {}
