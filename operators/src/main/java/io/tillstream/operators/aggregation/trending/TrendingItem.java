package io.tillstream.operators.aggregation.trending;

/**
 * A place in the list.
 *
 * @param itemId the product
 * @param title its title, null while unknown
 * @param category its category, null while unknown
 * @param views how often it was viewed
 * @param units how many pieces were bought
 * @param rank from 1
 * @param previousRank its rank in the list before, null if it was not in there
 */
public record TrendingItem(
    String itemId,
    String title,
    String category,
    long views,
    long units,
    int rank,
    Integer previousRank) {}
