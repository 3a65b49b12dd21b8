package io.tillstream.local.data.traffic;

import io.tillstream.local.data.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The shop that the traffic visits: what product 17 is called and costs, who shopper 4 is. All of
 * it follows from the number alone, so that it needs no memory and is the same for every seed.
 */
final class ShopWorld {
  /** Every 97th product is sold but stands in no catalog. */
  static final int PRODUCT_GAP = 97;

  /** Every 101st shopper has no profile. */
  static final int SHOPPER_GAP = 101;

  static final List<String> CATEGORIES =
      List.of(
          "shoes",
          "shirts",
          "trousers",
          "dresses",
          "jackets",
          "bags",
          "watches",
          "jewellery",
          "phones",
          "laptops",
          "audio",
          "cameras",
          "toys",
          "books",
          "garden",
          "kitchen",
          "lamps",
          "furniture",
          "sports",
          "beauty");
  static final List<String> SEGMENTS = List.of("new", "regular", "loyal", "vip");
  private static final List<String> COUNTRIES =
      List.of("US", "US", "US", "GB", "DE", "FR", "JP", "KW");
  private static final List<String> COLOURS =
      List.of("Black", "White", "Red", "Blue", "Green", "Grey", "Crème", "Rosé");

  /** A currency, its usual decimals and how many of its units a dollar is, roughly. */
  @SuppressWarnings("ImmutableEnumChecker") // The bytes are never written to.
  enum Money {
    USD(2, 1.0),
    EUR(2, 0.9),
    JPY(0, 150.0),
    KWD(3, 0.31);

    final byte[] code = name().getBytes(StandardCharsets.US_ASCII);
    final int decimals;
    final double perDollar;

    Money(int decimals, double perDollar) {
      this.decimals = decimals;
      this.perDollar = perDollar;
    }
  }

  private ShopWorld() {}

  static void itemId(JsonBytes out, int product) {
    out.ascii("SKU-").padded(product, product < 100_000 ? 5 : 8);
  }

  static void userId(JsonBytes out, int user) {
    out.ascii("u-").padded(user, user < 1_000_000 ? 6 : 10);
  }

  /** Decimals of a product's price: what the currency has, one more for every 40th product. */
  static int decimals(int product, Money money) {
    return product % 40 == 39 && money != Money.JPY ? money.decimals + 1 : money.decimals;
  }

  /** The price as a whole number of its smallest unit (see {@link #decimals}), at least 1. */
  static long price(int product, Money money) {
    long mix = mix(product);
    // Between 1 and about 1,000 dollars, cheap ones more often.
    double dollars = Math.pow(10, (mix >>> 11) * 0x1.0p-53 * 3);
    double unit = 1;
    for (int i = decimals(product, money); i > 0; i--) {
      unit *= 10;
    }
    return Math.max(1, Math.round(dollars * money.perDollar * unit));
  }

  static boolean inCatalog(int product) {
    return product % PRODUCT_GAP != PRODUCT_GAP - 1;
  }

  static boolean hasProfile(int user) {
    return user % SHOPPER_GAP != SHOPPER_GAP - 1;
  }

  static String category(int product) {
    return CATEGORIES.get(Math.floorMod(mix(product + 1_000_000_007L), CATEGORIES.size()));
  }

  static String title(int product) {
    return COLOURS.get(product % COLOURS.size()) + " " + category(product) + " no. " + product;
  }

  /** About how many of it are in stock: from 40 up to 459. */
  static int usualStock(int product) {
    return 40 + Math.floorMod(mix(product + 123L), 420);
  }

  /** The catalog line of a product. */
  static void product(JsonBytes out, int product) {
    String category = category(product);
    int brand = Math.floorMod(mix(product + 77L), 200);
    out.ascii("{\"item_id\":\"");
    itemId(out, product);
    out.ascii("\",\"title\":").string(title(product));
    out.ascii(",\"category\":").string(category);
    out.ascii(",\"brand\":\"Brand ").number(brand).ascii("\"}");
  }

  /** The catalog line of a shopper. */
  static void shopper(JsonBytes out, int user) {
    long mix = mix(user + 5_000_000_000L);
    out.ascii("{\"user_id\":\"");
    userId(out, user);
    out.ascii("\",\"segment\":").string(SEGMENTS.get((int) (mix & 3)));
    out.ascii(",\"country\":").string(COUNTRIES.get((int) (mix >> 2 & 7))).one('}');
  }

  /** SplitMix64's finisher: turns neighbours into strangers. */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
