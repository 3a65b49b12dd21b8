package io.tillstream.operators.aggregation.trending;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** {@link TrendingList} as the contract's JSON. */
public final class TrendingJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 4096;

  private TrendingJson() {}

  /** The record's key: the window's end as an instant. */
  public static String key(TrendingList list) {
    return Instant.ofEpochSecond(list.windowEnd()).toString();
  }

  /** The record's value in UTF-8. */
  public static byte[] value(TrendingList list) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("window_end", key(list));
      json.writeArrayFieldStart("items");
      for (TrendingItem item : list.items()) {
        write(item, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(TrendingItem item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("item_id", item.itemId());
    json.writeStringField("title", item.title());
    json.writeStringField("category", item.category());
    json.writeNumberField("views", item.views());
    json.writeNumberField("units", item.units());
    json.writeNumberField("rank", item.rank());
    if (item.previousRank() == null) {
      json.writeNullField("previous_rank");
    } else {
      json.writeNumberField("previous_rank", item.previousRank());
    }
    json.writeEndObject();
  }
}
