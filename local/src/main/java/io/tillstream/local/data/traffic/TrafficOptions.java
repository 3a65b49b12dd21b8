package io.tillstream.local.data.traffic;

/**
 * What made traffic looks like.
 *
 * @param seed the same seed makes the same traffic
 * @param rate records per second, 1..10,000,000; sets how far a duplicate may stand from its twin
 * @param products how many products, 1..10,000,000; the first ones are the popular ones
 * @param users how many shoppers, 1..1,000,000,000
 * @param duplicates share of records that are sent again, 0..0.5
 * @param dirt share of broken records, 0..1
 * @param calmStock whether every product keeps plenty of stock, around a level of its own; else
 *     what is left is anybody's guess, and often little
 */
public record TrafficOptions(
    long seed,
    int rate,
    int products,
    int users,
    double duplicates,
    double dirt,
    boolean calmStock) {

  public static final int DEFAULT_PRODUCTS = 10_000;
  public static final int DEFAULT_USERS = 50_000;
  public static final double DEFAULT_DUPLICATES = 0.01;

  public TrafficOptions {
    check("rate", rate, 1, 10_000_000);
    check("products", products, 1, 10_000_000);
    check("users", users, 1, 1_000_000_000);
    check("duplicates", duplicates, 0, 0.5);
    check("dirt", dirt, 0, 1);
  }

  /** Stock that is anybody's guess. */
  public TrafficOptions(
      long seed, int rate, int products, int users, double duplicates, double dirt) {
    this(seed, rate, products, users, duplicates, dirt, false);
  }

  /** The same shop, in which nothing runs low by itself. */
  public TrafficOptions withCalmStock() {
    return new TrafficOptions(seed, rate, products, users, duplicates, dirt, true);
  }

  /** The usual shop: 10,000 products, 50,000 shoppers, 1 % duplicates, no dirt. */
  public static TrafficOptions of(long seed, int rate) {
    return new TrafficOptions(seed, rate, DEFAULT_PRODUCTS, DEFAULT_USERS, DEFAULT_DUPLICATES, 0);
  }

  private static void check(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be between %s and %s, not %s"
              .formatted(name, plain(least), plain(most), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
