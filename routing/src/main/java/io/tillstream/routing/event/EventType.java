package io.tillstream.routing.event;

/** What happened in the shop, in the words of GA4's e-commerce vocabulary. */
public enum EventType {
  VIEW_ITEM(1, "view_item"),
  ADD_TO_CART(2, "add_to_cart"),
  REMOVE_FROM_CART(3, "remove_from_cart"),
  BEGIN_CHECKOUT(4, "begin_checkout"),
  PURCHASE(5, "purchase"),
  REFUND(6, "refund"),
  INVENTORY_UPDATE(7, "inventory_update");

  private static final EventType[] BY_CODE = new EventType[8];

  static {
    for (EventType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final String text;

  EventType(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /**
   * The number this type has in binary formats, 1..7; it never changes, whatever the order of the
   * constants.
   */
  public int code() {
    return code;
  }

  /** The word in the JSON contract. */
  public String text() {
    return text;
  }

  /** Whether money moved: then prices, an order and the shopper's segment count. */
  public boolean isSale() {
    return this == PURCHASE || this == REFUND;
  }

  /**
   * The type of a binary code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EventType ofCode(int code) {
    if (code < 1 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no event type has the code " + code);
    }
    return BY_CODE[code];
  }

  /** The type of a contract word, or null. */
  public static EventType ofText(String text) {
    for (EventType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    return null;
  }
}
