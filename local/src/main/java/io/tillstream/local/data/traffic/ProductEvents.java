package io.tillstream.local.data.traffic;

import io.tillstream.local.data.JsonBytes;
import io.tillstream.local.data.traffic.ShopWorld.Money;
import java.util.SplittableRandom;

/**
 * Events about one product of the made shop, for whoever tells a story about it: shoppers who each
 * come for it alone, and its stock. Not thread-safe.
 */
public final class ProductEvents {
  private final JsonBytes out = new JsonBytes();
  private final SplittableRandom random;
  private final int users;
  private final int product;

  /**
   * @param product its number, counted from 0; see {@link #inCatalog}
   * @param users how many shoppers the shop has
   */
  public ProductEvents(int product, int users, long seed) {
    this.product = product;
    this.users = users;
    this.random = new SplittableRandom(seed);
  }

  /** Whether the catalog knows a product. */
  public static boolean inCatalog(int product) {
    return ShopWorld.inCatalog(product);
  }

  /** What the catalog calls it. */
  public String title() {
    return ShopWorld.title(product);
  }

  /** Its {@code item_id}. */
  public String itemId() {
    JsonBytes id = new JsonBytes();
    ShopWorld.itemId(id, product);
    return new String(id.toBytes(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** Somebody looks at it. */
  public byte[] view(long now) {
    return visit("view_item", now, false);
  }

  /** Somebody puts it into the cart. */
  public byte[] addToCart(long now) {
    return visit("add_to_cart", now, false);
  }

  /** Somebody buys one. */
  public byte[] purchase(long now) {
    return visit("purchase", now, true);
  }

  /** So many are left. */
  public byte[] stock(long now, int left) {
    head("inventory_update", now);
    item().ascii(",\"available\":").number(left).ascii("}]}");
    return out.toBytes();
  }

  private byte[] visit(String type, long now, boolean order) {
    head(type, now);
    out.ascii(",\"user_id\":\"");
    ShopWorld.userId(out, random.nextInt(users));
    out.ascii("\",\"session_id\":\"").uuid(random.nextLong(), random.nextLong()).one('"');
    if (order) {
      out.ascii(",\"transaction_id\":\"T").hex(random.nextLong(), 16).one('"');
    }
    out.ascii(",\"currency\":\"USD\"");
    item()
        .ascii(",\"price\":")
        .decimal(ShopWorld.price(product, Money.USD), ShopWorld.decimals(product, Money.USD))
        .ascii("}]}");
    return out.toBytes();
  }

  private void head(String type, long now) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
    out.reset().ascii("{\"event_id\":\"").uuid(high, low).ascii("\",\"event_type\":\"").ascii(type);
    out.ascii("\",\"event_time\":").number(now);
  }

  private JsonBytes item() {
    out.ascii(",\"items\":[{\"item_id\":\"");
    ShopWorld.itemId(out, product);
    return out.one('"');
  }
}
