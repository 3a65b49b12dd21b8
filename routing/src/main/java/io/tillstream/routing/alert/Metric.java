package io.tillstream.routing.alert;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A number of {@code shop-metrics} by its name there; money by currency, as in {@code revenue.USD}.
 *
 * @param name one that {@link #ofText} takes
 */
public record Metric(String name) {
  static final String VIEWS = "views";
  static final String PURCHASES = "purchases";
  static final String CARTS_BOUGHT = "carts_bought";
  static final String CARTS_ABANDONED = "carts_abandoned";
  static final String AVAILABLE = "available";
  static final String CONVERSION_RATE = "conversion_rate";
  static final String ABANDONMENT_RATE = "abandonment_rate";

  private static final Set<String> EVERYWHERE =
      Set.of(
          VIEWS,
          "add_to_carts",
          "removes_from_cart",
          "checkouts",
          PURCHASES,
          "units",
          "degraded",
          CONVERSION_RATE);
  private static final Set<String> SHOP_ONLY =
      Set.of("orders", "carts_opened", CARTS_BOUGHT, CARTS_ABANDONED, ABANDONMENT_RATE);

  /** Every number of a row that is no money and no rate. */
  static final List<String> COUNTS =
      List.of(
          VIEWS,
          "add_to_carts",
          "removes_from_cart",
          "checkouts",
          PURCHASES,
          "units",
          "degraded",
          "orders",
          "carts_opened",
          CARTS_BOUGHT,
          CARTS_ABANDONED,
          AVAILABLE);

  private static final Pattern MONEY = Pattern.compile("(revenue|refunds)\\.[A-Z]{3}");

  /** The metric of that name, or null if rows hold no such number. */
  public static Metric ofText(String text) {
    boolean known =
        EVERYWHERE.contains(text)
            || SHOP_ONLY.contains(text)
            || text.equals(AVAILABLE)
            || MONEY.matcher(text).matches();
    return known ? new Metric(text) : null;
  }

  /** Whether it adds up over lines, and so grows while its window is open. */
  public boolean isSum() {
    return !name.equals(AVAILABLE) && !isRate();
  }

  /** Whether it is a part of a whole. */
  boolean isRate() {
    return name.equals(CONVERSION_RATE) || name.equals(ABANDONMENT_RATE);
  }

  /** What rows have to be asked for to know it. */
  List<String> bases() {
    return switch (name) {
      case CONVERSION_RATE -> List.of(PURCHASES, VIEWS);
      case ABANDONMENT_RATE -> List.of(CARTS_ABANDONED, CARTS_BOUGHT);
      default -> List.of(name);
    };
  }

  /** Whether rows of that dimension can hold it. */
  public boolean isIn(String dimension) {
    if (SHOP_ONLY.contains(name)) {
      return dimension.equals(Rule.SHOP);
    }
    return !name.equals(AVAILABLE) || dimension.equals(Rule.PRODUCT);
  }
}
