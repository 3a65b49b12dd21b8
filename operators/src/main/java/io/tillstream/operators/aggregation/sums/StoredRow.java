package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Stock;

/**
 * A row as it stands in checkpointed state.
 *
 * @param figures its numbers; nobody changes them any more
 * @param category a product's category, or null
 * @param categoryAnswered whether that is an answer
 * @param stock the newest stock, or null
 * @param finalPublished whether it was published as final
 */
public record StoredRow(
    Figures figures,
    String category,
    boolean categoryAnswered,
    Stock stock,
    boolean finalPublished) {}
