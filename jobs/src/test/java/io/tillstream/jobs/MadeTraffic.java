package io.tillstream.jobs;

import io.tillstream.operators.ingestion.SourceMessage;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records that are what they are by their partition and offset alone: four partitions of {@value
 * #TRAFFIC} records, then one that moves time past the end of everything, then one that is too
 * late.
 */
final class MadeTraffic implements OpenSource.Maker<SourceMessage> {
  private static final long serialVersionUID = 1L;

  static final int PARTITIONS = 4;

  /** How many records of traffic a partition has. */
  static final int TRAFFIC = 3_000;

  /** From here on records repeat the ids of the first half. */
  static final int HALF = TRAFFIC / 2;

  /** Up to here records are about products that no later record speaks of. */
  static final int OLD = 1_000;

  /** A window's first moment. */
  static final long T0 = 1_764_000_000_000L;

  static final long CLOSING_TIME = T0 + 900_000;

  private static final String TOPIC = "shop-events";
  private static final long STEP_MS = 50;

  /** What a record is. */
  enum Kind {
    VIEW("view_item"),
    ADD("add_to_cart"),
    REMOVE("remove_from_cart"),
    CHECKOUT("begin_checkout"),
    PURCHASE("purchase"),
    REFUND("refund"),
    STOCK("inventory_update"),
    GARBAGE(""),
    REPEAT("view_item");

    final String type;

    Kind(String type) {
      this.type = type;
    }

    boolean sale() {
      return this == PURCHASE || this == REFUND;
    }
  }

  /** A line; {@code price} is in millionths. */
  record Line(String item, long price, int quantity, int available) {}

  /** An event, in the words of the test. */
  record Event(
      Kind kind,
      String id,
      long time,
      String user,
      String session,
      String currency,
      List<Line> lines) {}

  static Event event(int partition, long offset) {
    if (offset == TRAFFIC) {
      return view("closing-" + partition, CLOSING_TIME, "closing");
    }
    if (offset > TRAFFIC) {
      return view("late-" + partition, T0, "late");
    }
    Kind kind = kind(offset);
    String id = "e-" + partition + "-" + (kind == Kind.REPEAT ? offset - HALF : offset);
    // All of ten records are shifted alike, so that a visit's events stay in order.
    long shift = offset / 10 * 7_919 % 41 * 100;
    long time = T0 + offset * STEP_MS + shift;
    String user = offset % 3 == 0 ? null : "u" + (offset + partition) % 101;
    String currency = kind.sale() ? (offset % 4 == 0 ? "KWD" : "USD") : null;
    int lines = offset % 10 == 1 || offset % 10 == 6 ? 2 : 1;
    return new Event(
        kind,
        id,
        time,
        user,
        session(kind, partition, offset),
        currency,
        IntStream.range(0, lines).mapToObj(i -> line(partition, offset, i)).toList());
  }

  private static Event view(String id, long time, String item) {
    return new Event(Kind.VIEW, id, time, null, null, null, List.of(new Line(item, 0, 1, 0)));
  }

  private static Kind kind(long offset) {
    if (offset % 100 == 77) {
      return Kind.GARBAGE;
    }
    return switch ((int) (offset % 10)) {
      case 2 -> Kind.STOCK;
      case 3 -> Kind.ADD;
      case 4 -> offset < HALF ? Kind.VIEW : Kind.REPEAT;
      case 5 -> Kind.CHECKOUT;
      case 6 -> offset / 10 % 2 == 0 ? Kind.PURCHASE : Kind.REMOVE;
      case 7 -> Kind.REFUND;
      case 8 -> Kind.PURCHASE;
      default -> Kind.VIEW;
    };
  }

  // Every visit puts something into its cart; every second one buys it 150 ms later.
  private static String session(Kind kind, int partition, long offset) {
    if (kind == Kind.ADD) {
      return "s-" + partition + "-" + offset;
    }
    return kind == Kind.PURCHASE && offset % 10 == 6 ? "s-" + partition + "-" + (offset - 3) : null;
  }

  private static Line line(int partition, long offset, int index) {
    long seed = offset * 31 + partition * 7L + index * 13L;
    long product = seed % 53 + (offset < OLD ? 0 : 53);
    return new Line(
        "p" + product, seed % 9_000 * 12_345, (int) (1 + seed % 4), (int) (seed % 1_000));
  }

  @Override
  public SourceMessage make(int partition, long offset) {
    Event event = event(partition, offset);
    String text = event.kind() == Kind.GARBAGE ? "garbage " + event.id() : json(event);
    return new RawRecord(
        TOPIC,
        partition,
        offset,
        event.time(),
        null,
        text.getBytes(StandardCharsets.UTF_8),
        List.of());
  }

  @Override
  public SourceMessage announce(int partition, long offset) {
    return new PartitionAssigned(TOPIC, partition, offset, PartitionAssigned.UNBOUNDED);
  }

  static String json(Event event) {
    StringBuilder json = new StringBuilder();
    json.append("{\"event_id\":\"").append(event.id());
    json.append("\",\"event_type\":\"").append(event.kind().type);
    json.append("\",\"event_time\":").append(event.time());
    if (event.user() != null) {
      json.append(",\"user_id\":\"").append(event.user()).append('"');
    }
    if (event.session() != null) {
      json.append(",\"session_id\":\"").append(event.session()).append('"');
    }
    if (event.kind().sale()) {
      json.append(",\"transaction_id\":\"t-").append(event.id());
      json.append("\",\"currency\":\"").append(event.currency()).append('"');
    }
    return json.append(",\"items\":[")
        .append(
            event.lines().stream().map(line -> json(event, line)).collect(Collectors.joining(",")))
        .append("]}")
        .toString();
  }

  private static String json(Event event, Line line) {
    String price =
        event.kind().sale()
            ? ",\"price\":\"%d.%06d\"".formatted(line.price() / 1_000_000, line.price() % 1_000_000)
            : "";
    String available = event.kind() == Kind.STOCK ? ",\"available\":" + line.available() : "";
    String quantity = event.kind() == Kind.STOCK ? "" : ",\"quantity\":" + line.quantity();
    return "{\"item_id\":\"" + line.item() + '"' + price + quantity + available + '}';
  }
}
