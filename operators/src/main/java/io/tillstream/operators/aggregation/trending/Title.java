package io.tillstream.operators.aggregation.trending;

/**
 * What a product is called.
 *
 * @param title its title, or null
 * @param category its category, or null
 */
public record Title(String title, String category) {
  /** Nothing is known. */
  public static final Title NONE = new Title(null, null);
}
