package io.tillstream.it.oracle;

import static io.tillstream.it.oracle.Verdict.MISSING_FIELD;
import static io.tillstream.it.oracle.Verdict.NOT_JSON;
import static io.tillstream.it.oracle.Verdict.OUT_OF_RANGE;
import static io.tillstream.it.oracle.Verdict.WRONG_TYPE;

import io.tillstream.it.oracle.StrictJson.Fields;
import io.tillstream.it.oracle.StrictJson.Num;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of the contract's first section, for one record. Use one judge a record. */
final class Judge {
  private static final Set<String> TYPES =
      Set.of(
          "view_item",
          "add_to_cart",
          "remove_from_cart",
          "begin_checkout",
          "purchase",
          "refund",
          "inventory_update");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");

  /** What Java reads beyond ISO 8601: a point without digits, seconds in the offset. */
  private static final Pattern NOT_ISO = Pattern.compile(".*(\\.(?![0-9]).*|[+-]..:..:..)");

  /** Without its colon an offset is not quite ISO 8601 either, but many write it so. */
  private static final Pattern BARE_OFFSET = Pattern.compile("(.*[+-][0-9]{2})([0-9]{2})");

  private static final BigDecimal TRILLION = BigDecimal.TEN.pow(12);
  private static final int LONGEST_NUMBER = 60;

  private final Set<String> classes = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  private Judge() {}

  /**
   * Judges a record.
   *
   * @param timestamp its Kafka timestamp
   * @param maxAhead how far in milliseconds its event time may lie after that
   */
  static Verdict judge(byte[] bytes, long timestamp, long maxAhead) {
    Judge judge = new Judge();
    InputEvent event = null;
    try {
      Object root = StrictJson.parse(bytes == null ? new byte[0] : bytes);
      event = judge.event(root, timestamp + maxAhead);
    } catch (StrictJson.NotJson e) {
      judge.fault(NOT_JSON, "record", e.getMessage());
    }
    return judge.classes.isEmpty()
        ? new Verdict(event, Set.of(), "")
        : new Verdict(null, judge.classes, String.join("; ", judge.faults));
  }

  private InputEvent event(Object root, long latest) {
    if (!(root instanceof Fields object)) {
      fault(WRONG_TYPE, "record", "not an object");
      return null;
    }
    unique(object);
    String type = text(object, "event_type", 0, Integer.MAX_VALUE);
    required(object, "event_type");
    if (type != null && !TYPES.contains(type)) {
      fault(OUT_OF_RANGE, "event_type", "unknown");
    }
    boolean order = "purchase".equals(type) || "refund".equals(type);
    required(object, "event_id");
    required(object, "event_time");
    required(object, "items");
    if (order) {
      required(object, "transaction_id");
    }
    String currency = text(object, "currency", 0, Integer.MAX_VALUE);
    if (currency != null && !CURRENCY.matcher(currency).matches()) {
      fault(OUT_OF_RANGE, "currency", "not [A-Z]{3}");
    }
    List<InputEvent.Item> items = items(object, type, order);
    if (items.stream().anyMatch(item -> item.price() != null)) {
      required(object, "currency");
    }
    return new InputEvent(
        text(object, "event_id", 1, 128),
        type,
        time(object, latest),
        text(object, "user_id", 1, 128),
        text(object, "session_id", 1, 128),
        text(object, "transaction_id", 1, 128),
        currency,
        items);
  }

  private List<InputEvent.Item> items(Fields object, String type, boolean order) {
    Object field = field(object, "items");
    List<InputEvent.Item> items = new ArrayList<>();
    if (field == null) {
      return items;
    }
    if (!(field instanceof List<?> list)) {
      fault(WRONG_TYPE, "items", "not an array");
      return items;
    }
    if (list.isEmpty() || list.size() > 200) {
      fault(OUT_OF_RANGE, "items", "not 1..200");
    }
    for (Object element : list) {
      if (!(element instanceof Fields item)) {
        // Whether a null among the items is missing or of a wrong type, nobody has laid down.
        fault(WRONG_TYPE, "items[]", "not an object");
        if (element == StrictJson.NULL) {
          fault(MISSING_FIELD, "items[]", "null");
        }
        continue;
      }
      unique(item);
      required(item, "item_id");
      if (order) {
        required(item, "price");
      }
      if ("inventory_update".equals(type)) {
        required(item, "available");
      }
      items.add(item(item));
    }
    return items;
  }

  private InputEvent.Item item(Fields item) {
    BigDecimal price = price(item);
    Long quantity = whole(item, "quantity", 1, 1_000_000);
    InputEvent.Item line =
        new InputEvent.Item(
            text(item, "item_id", 1, 128),
            price,
            quantity == null ? 1 : quantity,
            whole(item, "available", 0, 1_000_000_000));
    if (price != null && line.amount().compareTo(TRILLION) >= 0) {
      fault(OUT_OF_RANGE, "price x quantity", "10^12 or more");
    }
    return line;
  }

  private BigDecimal price(Fields item) {
    Object field = field(item, "price");
    BigDecimal price = null;
    if (field instanceof String text) {
      unicode(text, "price");
      if (PRICE.matcher(text).matches()) {
        price = new BigDecimal(text);
      } else {
        fault(OUT_OF_RANGE, "price", "not the pattern");
      }
    } else if (field instanceof Num number) {
      price = decimal(number.text());
    } else if (field != null) {
      fault(WRONG_TYPE, "price", "neither number nor string");
    }
    // A price that is wrong is still a price: whoever asks for one has got it.
    return field != null && price == null ? BigDecimal.ZERO : price;
  }

  private BigDecimal decimal(String written) {
    BigDecimal value = null;
    String text = written.replaceFirst("([eE][+-]?)0+(?=[0-9])", "$1");
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (text.length() <= LONGEST_NUMBER && (e < 0 || text.length() - e <= 4)) {
      value = new BigDecimal(text);
    }
    if (value == null
        || value.signum() < 0
        || value.stripTrailingZeros().scale() > 6
        || value.compareTo(TRILLION) >= 0) {
      fault(OUT_OF_RANGE, "price", "not 0 <= price < 10^12 with at most 6 decimals");
      return null;
    }
    return value;
  }

  private long time(Fields object, long latest) {
    Object field = field(object, "event_time");
    BigInteger millis = null;
    if (field instanceof String text) {
      unicode(text, "event_time");
      try {
        millis = BigInteger.valueOf(instant(text).toEpochMilli());
      } catch (DateTimeException | ArithmeticException e) {
        fault(OUT_OF_RANGE, "event_time", "not an ISO-8601 instant");
      }
    } else if (field instanceof Num number && number.whole()) {
      millis = new BigInteger(shortened(number.text()));
    } else if (field instanceof Num) {
      notWhole("event_time");
    } else if (field != null) {
      fault(WRONG_TYPE, "event_time", "neither string nor integer");
    }
    if (millis == null) {
      return 0;
    }
    if (millis.signum() <= 0 || millis.compareTo(BigInteger.valueOf(latest)) > 0) {
      fault(OUT_OF_RANGE, "event_time", "not after 1970 and at most an hour ahead");
    }
    return millis.longValue();
  }

  private static Instant instant(String text) {
    Matcher bare = BARE_OFFSET.matcher(text);
    String colon = bare.matches() ? bare.group(1) + ":" + bare.group(2) : text;
    // Java reads nanoseconds and no more; nothing below a millisecond counts anyway.
    String time = colon.replaceFirst("(\\.[0-9]{9})[0-9]+", "$1");
    if (NOT_ISO.matcher(time).matches()) {
      throw new DateTimeException("not ISO 8601");
    }
    return OffsetDateTime.parse(time).toInstant();
  }

  private Long whole(Fields object, String name, long least, long most) {
    Object field = field(object, name);
    if (field == null) {
      return null;
    }
    if (!(field instanceof Num number)) {
      fault(WRONG_TYPE, name, "not an integer");
      return null;
    }
    if (!number.whole()) {
      notWhole(name);
      return null;
    }
    BigInteger value = new BigInteger(shortened(number.text()));
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      fault(OUT_OF_RANGE, name, "not " + least + ".." + most);
      return null;
    }
    return value.longValue();
  }

  /** A number with a fraction where an integer is asked for: JSON has but one type of number. */
  private void notWhole(String name) {
    fault(WRONG_TYPE, name, "not an integer");
    fault(OUT_OF_RANGE, name, "not an integer");
  }

  /** Digits enough to be far outside every bound. */
  private static String shortened(String digits) {
    return digits.length() > LONGEST_NUMBER ? digits.substring(0, LONGEST_NUMBER) : digits;
  }

  private String text(Fields object, String name, int least, int most) {
    Object field = field(object, name);
    if (field == null) {
      return null;
    }
    if (!(field instanceof String text)) {
      fault(WRONG_TYPE, name, "not a string");
      return null;
    }
    int characters = text.codePointCount(0, text.length());
    if (characters < least || characters > most) {
      fault(OUT_OF_RANGE, name, "not " + least + ".." + most + " characters");
    }
    unicode(text, name);
    return text;
  }

  private void unicode(String text, String name) {
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      fault(NOT_JSON, name, "half a surrogate pair");
    }
  }

  /** Unknown fields are ignored whatever is in them, so this looks no deeper. */
  private void unique(Fields object) {
    if (object.twice() != null) {
      fault(NOT_JSON, object.twice(), "a key twice");
    }
  }

  private void required(Fields object, String name) {
    if (field(object, name) == null) {
      fault(MISSING_FIELD, name, "missing");
    }
  }

  private static Object field(Fields object, String name) {
    Object value = object.get(name);
    return value == StrictJson.NULL ? null : value;
  }

  private void fault(String errorClass, String field, String text) {
    classes.add(errorClass);
    faults.add(field + ": " + text);
  }
}
