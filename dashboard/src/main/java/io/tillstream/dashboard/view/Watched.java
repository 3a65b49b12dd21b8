package io.tillstream.dashboard.view;

/**
 * What a client watches besides the overview.
 *
 * @param dimension {@code product}, {@code category}, {@code segment} or {@code shop}
 */
public record Watched(String dimension, String key) {}
