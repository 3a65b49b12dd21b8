package io.tillstream.local.data.traffic;

import io.tillstream.local.data.traffic.ShopWorld.Money;
import java.util.SplittableRandom;

/** One visit to the made shop: who, in which currency, and what lies in the cart. */
final class Session {
  static final int CART_LIMIT = 5;
  static final int ANONYMOUS = -1;

  /** How a session's browser writes times. */
  enum TimeStyle {
    UTC,
    OFFSET,
    MILLIS
  }

  final int[] products = new int[CART_LIMIT];
  final int[] quantities = new int[CART_LIMIT];
  int size;
  long idHigh;
  long idLow;
  int user;
  int viewed;
  boolean named;
  boolean textPrices;
  boolean checkedOut;
  boolean over = true;
  Money money = Money.USD;
  TimeStyle style = TimeStyle.UTC;

  /** Somebody else comes in. */
  void renew(SplittableRandom random, int users) {
    idHigh = random.nextLong();
    idLow = random.nextLong();
    user = random.nextInt(100) < 20 ? ANONYMOUS : random.nextInt(users);
    named = random.nextInt(100) >= 3;
    textPrices = random.nextInt(16) == 0;
    int roll = random.nextInt(100);
    money = roll < 85 ? Money.USD : roll < 93 ? Money.EUR : roll < 97 ? Money.JPY : Money.KWD;
    roll = random.nextInt(100);
    style = roll < 90 ? TimeStyle.UTC : roll < 95 ? TimeStyle.OFFSET : TimeStyle.MILLIS;
    viewed = -1;
    size = 0;
    checkedOut = false;
    over = false;
  }

  void put(int product, int quantity) {
    products[size] = product;
    quantities[size++] = quantity;
  }

  /** Takes one line out of the cart; the last one moves into its place. */
  void take(int index) {
    size--;
    products[index] = products[size];
    quantities[index] = quantities[size];
    checkedOut &= size > 0;
  }
}
