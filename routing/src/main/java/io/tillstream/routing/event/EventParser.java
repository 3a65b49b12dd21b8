package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;

/**
 * Turns a record's bytes into a checked {@link ShopEvent}, or says why not: one pass of Jackson's
 * streaming parser, no tree. It never throws, whatever the bytes.
 *
 * <p>For one thread: what a record needs in between lies in fields that the next record reuses.
 */
public final class EventParser {

  /**
   * What may be set.
   *
   * @param maxAhead how far an event may be ahead of its record's timestamp, not negative
   */
  public record Options(Duration maxAhead) {
    /** One hour ahead at most. */
    public static final Options DEFAULT = new Options(Duration.ofHours(1));

    /** Checks the bounds. */
    public Options {
      if (maxAhead.isNegative()) {
        throw new IllegalArgumentException("maxAhead must not be negative, was " + maxAhead);
      }
    }
  }

  private static final int EVENT_ID = 1;
  private static final int EVENT_TYPE = 1 << 1;
  private static final int EVENT_TIME = 1 << 2;
  private static final int USER_ID = 1 << 3;
  private static final int SESSION_ID = 1 << 4;
  private static final int TRANSACTION_ID = 1 << 5;
  private static final int CURRENCY = 1 << 6;
  private static final int ITEMS = 1 << 7;

  private static final EventType[] TYPES = EventType.values();
  private static final String TYPE_BOUND = "must be one of " + words();

  private final long maxAheadMs;
  private final JsonFactory factory = Json.factory();
  private final Complaint complaint = new Complaint();
  private final Fields fields = new Fields(complaint);
  private final Items items = new Items(complaint, fields);
  private final Names unknown = new Names();

  private long recordTime;
  private int partition;
  private long offset;
  private Id128 id;
  private EventType type;
  private long eventTime;
  private String user;
  private Id128 session;
  private boolean ordered;
  private String currency;
  private String lastCurrency = "USD";

  /** A parser with these options. */
  public EventParser(Options options) {
    maxAheadMs = options.maxAhead().toMillis();
  }

  /** Reads a record whose place does not matter. */
  public Parsed parse(byte[] value, long recordTime) {
    return parse(value, recordTime, 0, 0);
  }

  /**
   * Reads a record.
   *
   * @param value the record's bytes, null if it has none
   * @param recordTime its Kafka timestamp in epoch milliseconds, by which {@code event_time} is
   *     judged
   * @param partition where the record lies in its topic
   * @param offset where the record lies in its partition
   */
  public Parsed parse(byte[] value, long recordTime, int partition, long offset) {
    this.recordTime = recordTime;
    this.partition = partition;
    this.offset = offset;
    try {
      return read(value);
    } catch (NotJson e) {
      return notJson(e.getMessage());
    } catch (JsonProcessingException e) {
      return notJson("the record must be one JSON object: " + Json.reason(e));
    } catch (IOException | RuntimeException e) {
      // Not known to happen; one record that trips the parser must not stop the pipeline.
      return notJson("the record cannot be read: " + Complaint.line(e.toString(), 200));
    } finally {
      clear();
    }
  }

  private static Parsed notJson(String error) {
    return new Parsed.Rejected(ErrorClass.NOT_JSON, error);
  }

  private void clear() {
    complaint.clear();
    items.clear();
    unknown.clear();
    fields.of(null);
    id = null;
    type = null;
    eventTime = 0;
    user = null;
    session = null;
    ordered = false;
    currency = null;
  }

  private Parsed read(byte[] value) throws IOException, NotJson {
    Json.checkText(value);
    try (JsonParser json = Json.parser(factory, value)) {
      fields.of(json);
      JsonToken root = json.nextToken();
      if (root == JsonToken.START_OBJECT) {
        readFields(json);
      } else if (root == null) {
        throw new NotJson("the record must be one JSON object, was blank");
      } else {
        complaint.wrongType("the record", "one JSON object", json);
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw new NotJson("the record must be one JSON object, has text behind it");
      }
    }
    if (complaint.isEmpty()) {
      checkWhole();
    }
    return complaint.isEmpty() ? new Parsed.Accepted(event()) : complaint.rejection();
  }

  private void readFields(JsonParser json) throws IOException, NotJson {
    int seen = 0;
    String name;
    while ((name = json.nextFieldName()) != null) {
      int field =
          switch (name) {
            case "event_id" -> EVENT_ID;
            case "event_type" -> EVENT_TYPE;
            case "event_time" -> EVENT_TIME;
            case "user_id" -> USER_ID;
            case "session_id" -> SESSION_ID;
            case "transaction_id" -> TRANSACTION_ID;
            case "currency" -> CURRENCY;
            case "items" -> ITEMS;
            default -> 0;
          };
      if ((seen & field) != 0 || (field == 0 && !unknown.add(name))) {
        throw new NotJson("the record has " + Complaint.line(name, 64) + " twice");
      }
      seen |= field;
      readField(field, json);
    }
  }

  private void readField(int field, JsonParser json) throws IOException, NotJson {
    switch (field) {
      case EVENT_ID -> id = fields.shortText("event_id") ? fields.id() : null;
      case EVENT_TYPE -> readType(json);
      case EVENT_TIME -> readTime(json);
      case USER_ID -> {
        if (fields.shortText("user_id") && (type == null || type.isSale())) {
          user = fields.string();
        }
      }
      case SESSION_ID -> {
        if (fields.shortText("session_id") && (type == null || touchesCart(type))) {
          session = fields.id();
        }
      }
      case TRANSACTION_ID -> ordered = fields.shortText("transaction_id");
      case CURRENCY -> readCurrency(json);
      case ITEMS -> items.read(json);
      default -> {
        json.nextToken();
        json.skipChildren();
      }
    }
  }

  private void readType(JsonParser json) throws IOException, NotJson {
    if (!fields.text("event_type")) {
      return;
    }
    for (EventType candidate : TYPES) {
      if (fields.is(candidate.text())) {
        type = candidate;
        return;
      }
    }
    complaint.outOfRange("event_type", TYPE_BOUND, json);
  }

  private void readTime(JsonParser json) throws IOException, NotJson {
    JsonToken token = json.nextToken();
    long time;
    if (token == JsonToken.VALUE_STRING) {
      fields.load("event_time");
      time = Instants.millis(fields.chars(), fields.offset(), fields.length());
      if (time == Instants.NONE) {
        complaint.outOfRange("event_time", "must be an ISO-8601 instant with an offset or Z", json);
        return;
      }
    } else if (token == JsonToken.VALUE_NUMBER_INT) {
      time = fields.integer();
    } else {
      fields.wrong("event_time", "an ISO-8601 string or an integer");
      return;
    }
    if (time <= 0) {
      complaint.outOfRange("event_time", "must be after 1970-01-01T00:00:00Z", json);
    } else if (time == Fields.HUGE || time - maxAheadMs > recordTime) {
      complaint.outOfRange(
          "event_time",
          "must be at most "
              + Duration.ofMillis(maxAheadMs)
              + " after the record's timestamp "
              + recordTime,
          json);
    } else {
      eventTime = time;
    }
  }

  private void readCurrency(JsonParser json) throws IOException, NotJson {
    if (!fields.text("currency")) {
      return;
    }
    if (fields.is(lastCurrency)) {
      currency = lastCurrency;
    } else if (fields.length() == 3 && isUpper(0) && isUpper(1) && isUpper(2)) {
      currency = fields.string();
      lastCurrency = currency;
    } else {
      complaint.outOfRange("currency", "must match [A-Z]{3}", json);
    }
  }

  private boolean isUpper(int i) {
    char c = fields.chars()[fields.offset() + i];
    return c >= 'A' && c <= 'Z';
  }

  /** What can be said only when all fields are known. */
  private void checkWhole() {
    if (id == null) {
      complaint.missing("event_id", "");
    } else if (type == null) {
      complaint.missing("event_type", "");
    } else if (eventTime == 0) {
      complaint.missing("event_time", "");
    } else if (!items.present()) {
      complaint.missing("items", "");
    } else if (type.isSale() && !ordered) {
      complaint.missing("transaction_id", " on a " + type.text());
    } else if (type.isSale() && items.firstUnpriced() >= 0) {
      complaint.inItem(items.firstUnpriced());
      complaint.missing("price", " on a " + type.text());
    } else if (type == EventType.INVENTORY_UPDATE && items.firstUnstocked() >= 0) {
      complaint.inItem(items.firstUnstocked());
      complaint.missing("available", " on an " + type.text());
    } else if (currency == null && items.firstPriced() >= 0) {
      complaint.missing("currency", " where items[" + items.firstPriced() + "] has a price");
    }
  }

  private ShopEvent event() {
    boolean sale = type.isSale();
    return new ShopEvent(
        id,
        type,
        eventTime,
        recordTime,
        sale ? user : null,
        touchesCart(type) ? session : null,
        sale ? currency : null,
        items.lines(type),
        partition,
        offset);
  }

  private static boolean touchesCart(EventType type) {
    return switch (type) {
      case ADD_TO_CART, REMOVE_FROM_CART, BEGIN_CHECKOUT, PURCHASE -> true;
      case VIEW_ITEM, REFUND, INVENTORY_UPDATE -> false;
    };
  }

  private static String words() {
    StringBuilder words = new StringBuilder();
    for (EventType type : TYPES) {
      words.append(words.length() == 0 ? "" : ", ").append(type.text());
    }
    return words.toString();
  }
}
