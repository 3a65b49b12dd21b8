package io.tillstream.dashboard.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the JSON of a row, token by token: thousands come each second. */
public final class RowReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A name of a currency or an aggregator; nothing honest is longer. */
  private static final int LONGEST_NAME = 64;

  /** The contract's item ids have at most 128 characters, categories come from a catalog. */
  static final int LONGEST_KEY = 512;

  private RowReader() {}

  /** The row, or empty for anything that is none: a stranger's message must not stop the reader. */
  public static Optional<Row> read(byte[] value) {
    if (value == null || value.length == 0) {
      return Optional.empty();
    }
    try (JsonParser json = FACTORY.createParser(value)) {
      return json.nextToken() == JsonToken.START_OBJECT ? new Draft().read(json) : Optional.empty();
    } catch (IOException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException noRow) {
      return Optional.empty();
    }
  }

  private static final class Draft {
    private String dimension;
    private String key;
    private long start = Row.NONE;
    private long end = Row.NONE;
    private final long[] counts = new long[Figures.SIZE];
    private Money revenue = Money.NONE;
    private Money refunds = Money.NONE;
    private long available = -1;
    private long availableAt = Row.NONE;
    private String category;
    private String aggregator = "primary";
    private long version;
    private boolean isFinal;
    private long oldest = Row.NONE;
    private long emitted = Row.NONE;

    Optional<Row> read(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        take(name, json.nextToken(), json);
      }
      boolean whole =
          json.currentToken() == JsonToken.END_OBJECT
              && json.nextToken() == null
              && dimension != null
              && key != null
              && start != Row.NONE
              && end > start;
      if (!whole) {
        return Optional.empty();
      }
      Stock stock =
          available >= 0 && availableAt != Row.NONE ? new Stock(available, availableAt) : null;
      return Optional.of(
          new Row(
              dimension,
              key,
              start,
              end,
              new Figures(counts),
              revenue,
              refunds,
              stock,
              category,
              aggregator,
              version,
              isFinal,
              oldest,
              emitted));
    }

    private void take(String name, JsonToken token, JsonParser json) throws IOException {
      switch (name) {
        case "dimension" -> dimension = text(json, token, LONGEST_NAME);
        case "key" -> key = text(json, token, LONGEST_KEY);
        case "window_start" -> start = instant(json, token);
        case "window_end" -> end = instant(json, token);
        case "revenue" -> revenue = money(json, token);
        case "refunds" -> refunds = money(json, token);
        case "available" -> available = token == JsonToken.VALUE_NULL ? -1 : json.getLongValue();
        case "available_at" -> availableAt = instant(json, token);
        case "category" -> category = text(json, token, LONGEST_KEY);
        case "aggregator" -> aggregator = text(json, token, LONGEST_NAME);
        case "version" -> version = json.getLongValue();
        case "final" -> isFinal = token == JsonToken.VALUE_TRUE;
        case "oldest_new_record_at" -> oldest = instant(json, token);
        case "emitted_at" -> emitted = instant(json, token);
        default -> {
          int index = Figures.NAMES.indexOf(name);
          if (index >= 0 && token != JsonToken.VALUE_NULL) {
            counts[index] = json.getLongValue();
          } else {
            json.skipChildren();
          }
        }
      }
    }

    private static String text(JsonParser json, JsonToken token, int longest) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (token != JsonToken.VALUE_STRING || json.getTextLength() > longest) {
        throw new IllegalArgumentException("no text of that length");
      }
      return json.getText();
    }

    private static long instant(JsonParser json, JsonToken token) throws IOException {
      return switch (token) {
        case VALUE_NULL -> Row.NONE;
        case VALUE_NUMBER_INT -> json.getLongValue();
        default -> Instant.parse(text(json, token, LONGEST_NAME)).toEpochMilli();
      };
    }

    private static Money money(JsonParser json, JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        return Money.NONE;
      }
      if (token != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no money");
      }
      Map<String, BigDecimal> sums = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String currency = json.currentName();
        JsonToken amount = json.nextToken();
        sums = sums == null ? new TreeMap<>() : sums;
        if (currency.length() > LONGEST_NAME || sums.size() >= Money.MOST_CURRENCIES) {
          throw new IllegalArgumentException("no currencies");
        }
        sums.put(currency.intern(), Money.parse(text(json, amount, Money.MOST_DIGITS)));
      }
      return sums == null ? Money.NONE : new Money(sums);
    }
  }
}
