package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the items of a record. What they mean depends on the event's type, which may stand behind
 * them: so they are gathered first and become lines at the end.
 */
final class Items {
  private static final int MAX = 200;
  private static final int MAX_QUANTITY = 1_000_000;
  private static final int MAX_AVAILABLE = 1_000_000_000;
  private static final int NOWHERE = -1;
  private static final long NO_PRICE = -1;

  private static final int ITEM_ID = 1;
  private static final int PRICE = 1 << 1;
  private static final int QUANTITY = 1 << 2;
  private static final int AVAILABLE = 1 << 3;

  private final Complaint complaint;
  private final Fields fields;
  private final Names unknown = new Names();

  private final String[] ids = new String[MAX];
  private final int[] quantities = new int[MAX];
  private final long[] amounts = new long[MAX];
  private final int[] stocks = new int[MAX];
  private int count;
  private int priced;
  private int unpriced;
  private int unstocked;

  private String id;
  private long price;
  private int quantity;
  private int stock;

  Items(Complaint complaint, Fields fields) {
    this.complaint = complaint;
    this.fields = fields;
    clear();
  }

  void clear() {
    Arrays.fill(ids, 0, Math.min(Math.max(count, 0), MAX), null);
    id = null;
    unknown.clear();
    count = NOWHERE;
    priced = NOWHERE;
    unpriced = NOWHERE;
    unstocked = NOWHERE;
  }

  /** Whether the record has items. */
  boolean present() {
    return count != NOWHERE;
  }

  /** The first item with a price, below 0 if none has. */
  int firstPriced() {
    return priced;
  }

  /** The first item without a price, below 0 if all have one. */
  int firstUnpriced() {
    return unpriced;
  }

  /** The first item without stock, below 0 if all have it. */
  int firstUnstocked() {
    return unstocked;
  }

  /** Reads the array that follows its name. */
  void read(JsonParser json) throws IOException, NotJson {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      fields.wrong("items", "an array");
      return;
    }
    count = 0;
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      complaint.inItem(count);
      if (token == JsonToken.START_OBJECT) {
        readItem(json);
      } else {
        complaint.wrongType("", "an object", json);
        json.skipChildren();
      }
      count++;
    }
    complaint.atTop();
    if (count == 0 || count > MAX) {
      complaint.outOfRange("items", "must have 1 to 200 elements", String.valueOf(count));
    }
  }

  private void readItem(JsonParser json) throws IOException, NotJson {
    id = null;
    price = NO_PRICE;
    quantity = 1;
    stock = EventLine.NO_STOCK;
    int seen = 0;
    String name;
    while ((name = json.nextFieldName()) != null) {
      int field =
          switch (name) {
            case "item_id" -> ITEM_ID;
            case "price" -> PRICE;
            case "quantity" -> QUANTITY;
            case "available" -> AVAILABLE;
            default -> 0;
          };
      if ((seen & field) != 0 || (field == 0 && !unknown.add(name))) {
        throw new NotJson("items[" + count + "] has " + Complaint.line(name, 64) + " twice");
      }
      seen |= field;
      readField(field, json);
    }
    unknown.clear();
    finish();
  }

  private void readField(int field, JsonParser json) throws IOException, NotJson {
    switch (field) {
      case ITEM_ID -> {
        if (fields.shortText("item_id")) {
          id = fields.string();
        }
      }
      case PRICE -> readPrice(json);
      case QUANTITY -> {
        long value =
            fields.integer("quantity", 1, MAX_QUANTITY, "must be an integer from 1 to 1000000");
        quantity = value == Fields.NO_INTEGER ? 1 : (int) value;
      }
      case AVAILABLE -> {
        long value =
            fields.integer(
                "available", 0, MAX_AVAILABLE, "must be an integer from 0 to 1000000000");
        stock = value == Fields.NO_INTEGER ? EventLine.NO_STOCK : (int) value;
      }
      default -> {
        json.nextToken();
        json.skipChildren();
      }
    }
  }

  private void readPrice(JsonParser json) throws IOException, NotJson {
    long micros;
    switch (json.nextToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          micros =
              Prices.ofNumber(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      case VALUE_STRING -> {
        fields.load("items[" + count + "].price");
        micros = Prices.ofText(fields.chars(), fields.offset(), fields.length());
      }
      default -> {
        fields.wrong("price", "a number or a string");
        return;
      }
    }
    if (micros < 0) {
      complaint.outOfRange("price", Prices.bound(micros), json);
    } else {
      price = micros;
    }
  }

  private void finish() {
    if (id == null) {
      complaint.missing("item_id", "");
    }
    if (price == NO_PRICE) {
      unpriced = unpriced < 0 ? count : unpriced;
    } else {
      priced = priced < 0 ? count : priced;
      if (price > (Prices.LIMIT_MICROS - 1) / quantity) {
        complaint.outOfRange(
            "price",
            "x quantity must be below 1000000000000",
            Prices.plain(price) + " x " + quantity);
      }
    }
    if (stock == EventLine.NO_STOCK) {
      unstocked = unstocked < 0 ? count : unstocked;
    }
    if (count < MAX) {
      ids[count] = id;
      quantities[count] = quantity;
      amounts[count] = price == NO_PRICE ? 0 : price * quantity;
      stocks[count] = stock;
    }
  }

  /** The lines of a record without complaint. */
  List<EventLine> lines(EventType type) {
    if (count == 1) {
      return List.of(line(0, type));
    }
    EventLine[] lines = new EventLine[count];
    for (int i = 0; i < count; i++) {
      lines[i] = line(i, type);
    }
    return List.of(lines);
  }

  // Money counts on a sale only, stock on an update only: elsewhere both were checked, no more.
  private EventLine line(int i, EventType type) {
    return new EventLine(
        ids[i],
        quantities[i],
        type.isSale() ? amounts[i] : 0,
        type == EventType.INVENTORY_UPDATE ? stocks[i] : EventLine.NO_STOCK);
  }
}
