package io.tillstream.local.data.traffic;

import io.tillstream.local.data.JsonBytes;
import io.tillstream.local.data.traffic.ShopWorld.Money;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Made traffic of a shop, one record a call: sessions that look, fill carts and buy; refunds and
 * stock updates; duplicates (the same bytes again, within about 1.5 s at the rate of the options),
 * disorder (event times up to 3 s behind) and broken records. Product popularity is Zipf(1.0).
 *
 * <p>The same options and the same times give the same bytes. Not thread-safe.
 */
public final class TrafficGenerator {
  private static final int MAX_LAG_MILLIS = 3_000;
  private static final int ORDERS_KEPT = 1024;
  private static final byte[] EVENT_ID = ascii("{\"event_id\":\"");
  private static final byte[] EVENT_TYPE = ascii("\",\"event_type\":\"");
  private static final byte[] EVENT_TIME = ascii("\",\"event_time\":");
  private static final byte[] USER_ID = ascii(",\"user_id\":\"");
  private static final byte[] SESSION_ID = ascii(",\"session_id\":\"");
  private static final byte[] TRANSACTION_ID = ascii(",\"transaction_id\":\"T");
  private static final byte[] CURRENCY = ascii(",\"currency\":\"");
  private static final byte[] ITEMS = ascii(",\"items\":[");
  private static final byte[] ITEM_ID = ascii("{\"item_id\":\"");
  private static final byte[] PRICE = ascii(",\"price\":");
  private static final byte[] QUANTITY = ascii(",\"quantity\":");
  private static final byte[] AVAILABLE = ascii(",\"available\":");
  private static final byte[][] TAILS = {
    ascii("],\"platform\":\"web\",\"page\":\"https://shop.example/en/\"}"),
    ascii("],\"platform\":\"ios\",\"app\":{\"version\":\"7.41.0\",\"locale\":\"en_US\"}}"),
    ascii("],\"platform\":\"android\",\"app\":{\"version\":\"7.40.2\",\"tags\":[1,null]}}")
  };

  @SuppressWarnings("ImmutableEnumChecker") // The bytes are never written to.
  private enum Kind {
    VIEW_ITEM,
    ADD_TO_CART,
    REMOVE_FROM_CART,
    BEGIN_CHECKOUT,
    PURCHASE,
    REFUND,
    INVENTORY_UPDATE;

    final byte[] text = ascii(name().toLowerCase(Locale.ROOT));
  }

  private record Order(long id, int user, Money money, int product, int quantity) {}

  private final TrafficOptions options;
  private final SplittableRandom random;
  private final ZipfSampler popularity;
  private final Session[] sessions;
  private final Order[] orders = new Order[ORDERS_KEPT];
  private final byte[][] repeats;
  private final int longestDelay;
  private final double repeatChance;
  private final List<DirtyRecord> dirt = DirtyRecords.all();
  private final JsonBytes out = new JsonBytes();
  private long made;
  private int ordered;

  public TrafficGenerator(TrafficOptions options) {
    this.options = options;
    random = new SplittableRandom(options.seed());
    popularity = new ZipfSampler(options.products());
    // A visitor does something every half minute or so, in a shop that is not too crowded.
    sessions = new Session[(int) Math.max(16, Math.min(8192, 30L * options.rate()))];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new Session();
    }
    longestDelay = (int) Math.max(1, Math.min(60_000, options.rate() * 3L / 2));
    repeats = new byte[Integer.highestOneBit(longestDelay) * 4][];
    repeatChance = options.duplicates() / (1 - options.duplicates());
  }

  /** How many records were made so far, repeated and broken ones included. */
  public long made() {
    return made;
  }

  /**
   * The next record, without a line feed.
   *
   * @param now milliseconds since 1970, not falling; the event happened up to 3 s before
   */
  public byte[] next(long now) {
    int slot = (int) (made++ & (repeats.length - 1));
    byte[] repeat = repeats[slot];
    if (repeat != null) {
      repeats[slot] = null;
      return repeat;
    }
    if (options.dirt() > 0 && random.nextDouble() < options.dirt()) {
      return dirt.get(random.nextInt(dirt.size())).bytes();
    }
    out.reset();
    event(lagging(now));
    byte[] record = out.toBytes();
    if (random.nextDouble() < repeatChance) {
      repeatLater(record);
    }
    return record;
  }

  private void repeatLater(byte[] record) {
    int slot = (int) (made + random.nextInt(longestDelay));
    while (repeats[slot & (repeats.length - 1)] != null) {
      slot++;
    }
    repeats[slot & (repeats.length - 1)] = record;
  }

  /** Most events are seen at once, some a little later, a few up to 3 s. */
  private long lagging(long now) {
    int roll = random.nextInt(100);
    int longest = roll < 80 ? 100 : roll < 95 ? 1000 : MAX_LAG_MILLIS;
    return now - random.nextInt(longest + 1);
  }

  private void event(long time) {
    int roll = random.nextInt(1000);
    Order order = orders[random.nextInt(ORDERS_KEPT)];
    if (roll < 35) {
      stock(time);
    } else if (roll < 41 && order != null) {
      refund(time, order);
    } else {
      visit(time, sessions[random.nextInt(sessions.length)]);
    }
  }

  private void stock(long time) {
    head(Kind.INVENTORY_UPDATE, time, Session.TimeStyle.UTC);
    out.raw(ITEMS);
    int lines = random.nextInt(10) == 0 ? 3 : 1;
    for (int i = 0; i < lines; i++) {
      int product = popularity.next(random);
      item(i, product);
      int left =
          options.calmStock()
              ? ShopWorld.usualStock(product) + random.nextInt(20)
              : random.nextInt(10) == 0 ? random.nextInt(6) : 6 + random.nextInt(495);
      out.raw(AVAILABLE).number(left).one('}');
    }
    out.raw(TAILS[0]);
  }

  private void refund(long time, Order order) {
    head(Kind.REFUND, time, Session.TimeStyle.UTC);
    user(order.user);
    out.raw(TRANSACTION_ID).hex(order.id, 16).one('"');
    out.raw(CURRENCY).raw(order.money.code).one('"').raw(ITEMS);
    item(0, order.product);
    price(order.product, order.money, false);
    quantity(order.quantity);
    out.one('}').raw(TAILS[0]);
  }

  private void visit(long time, Session session) {
    if (session.over) {
      session.renew(random, options.users());
    }
    Kind kind = choose(session);
    head(kind, time, session.style);
    user(session.user);
    if (session.named) {
      out.raw(SESSION_ID).uuid(session.idHigh, session.idLow).one('"');
    }
    switch (kind) {
      case ADD_TO_CART -> add(session);
      case REMOVE_FROM_CART -> remove(session);
      case BEGIN_CHECKOUT -> {
        session.checkedOut = true;
        cart(session);
      }
      case PURCHASE -> buy(session);
      default -> view(session);
    }
    out.raw(TAILS[session.named ? (int) (session.idLow & 1) : 2]);
    session.over |= random.nextInt(100) < 3;
  }

  private Kind choose(Session session) {
    int roll = random.nextInt(100);
    if (session.size == 0) {
      return roll < 89 ? Kind.VIEW_ITEM : Kind.ADD_TO_CART;
    }
    boolean full = session.size == Session.CART_LIMIT;
    if (session.checkedOut && roll >= 70) {
      return Kind.PURCHASE;
    }
    if (roll < 56) {
      return Kind.VIEW_ITEM;
    }
    if (roll < 70) {
      return full ? Kind.VIEW_ITEM : Kind.ADD_TO_CART;
    }
    return roll < 76 ? Kind.REMOVE_FROM_CART : Kind.BEGIN_CHECKOUT;
  }

  private void view(Session session) {
    boolean priced = random.nextInt(10) < 7;
    if (priced) {
      currency(session);
    }
    out.raw(ITEMS);
    int lines = random.nextInt(20) == 0 ? 2 + random.nextInt(4) : 1;
    for (int i = 0; i < lines; i++) {
      session.viewed = popularity.next(random);
      item(i, session.viewed);
      if (priced) {
        price(session.viewed, session.money, session.textPrices);
      }
      out.one('}');
    }
  }

  private void add(Session session) {
    int product = session.viewed < 0 ? popularity.next(random) : session.viewed;
    int quantity = random.nextInt(200) == 0 ? 50 + random.nextInt(951) : 1 + random.nextInt(3);
    session.put(product, quantity);
    currency(session);
    out.raw(ITEMS);
    line(0, session, session.size - 1);
  }

  private void remove(Session session) {
    int index = random.nextInt(session.size);
    currency(session);
    out.raw(ITEMS);
    line(0, session, index);
    session.take(index);
  }

  private void buy(Session session) {
    long id = random.nextLong();
    orders[ordered++ & (ORDERS_KEPT - 1)] =
        new Order(id, session.user, session.money, session.products[0], session.quantities[0]);
    out.raw(TRANSACTION_ID).hex(id, 16).one('"');
    cart(session);
    session.size = 0;
    session.checkedOut = false;
    session.over = random.nextInt(10) < 6;
  }

  private void cart(Session session) {
    currency(session);
    out.raw(ITEMS);
    for (int i = 0; i < session.size; i++) {
      line(i, session, i);
    }
  }

  private void line(int position, Session session, int index) {
    item(position, session.products[index]);
    price(session.products[index], session.money, session.textPrices);
    quantity(session.quantities[index]);
    out.one('}');
  }

  private void head(Kind kind, long time, Session.TimeStyle style) {
    // The fixed bits of a version 4 UUID.
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
    out.raw(EVENT_ID).uuid(high, low).raw(EVENT_TYPE).raw(kind.text).raw(EVENT_TIME);
    switch (style) {
      case MILLIS -> out.number(time);
      case OFFSET -> out.one('"').localTime(time + 7_200_000).ascii("+02:00\"");
      default -> out.one('"').localTime(time).ascii("Z\"");
    }
  }

  private void user(int user) {
    if (user != Session.ANONYMOUS) {
      out.raw(USER_ID);
      ShopWorld.userId(out, user);
      out.one('"');
    }
  }

  private void currency(Session session) {
    out.raw(CURRENCY).raw(session.money.code).one('"');
  }

  private void item(int position, int product) {
    if (position > 0) {
      out.one(',');
    }
    out.raw(ITEM_ID);
    ShopWorld.itemId(out, product);
    out.one('"');
  }

  private void price(int product, Money money, boolean asText) {
    out.raw(PRICE);
    long price = ShopWorld.price(product, money);
    int decimals = ShopWorld.decimals(product, money);
    if (asText) {
      out.one('"').decimal(price, decimals).one('"');
    } else {
      out.decimal(price, decimals);
    }
  }

  private void quantity(int quantity) {
    if (quantity > 1 || random.nextBoolean()) {
      out.raw(QUANTITY).number(quantity);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
