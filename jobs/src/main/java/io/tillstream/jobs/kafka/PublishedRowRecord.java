package io.tillstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tillstream.operators.aggregation.sums.PublishedRow;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What is read back of a record of {@code shop-metrics}. */
final class PublishedRowRecord {
  /**
   * Which attempt wrote the row, 8 bytes: of interest to our own successors alone, so no part of
   * the JSON.
   */
  static final String WRITER = "writer";

  private static final JsonFactory JSON = new JsonFactory();

  private PublishedRowRecord() {}

  /** The row of a record, or null if it is none of ours. */
  static PublishedRow read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    String dimension = null;
    String key = null;
    String window = null;
    String aggregator = null;
    long version = -1;
    try (JsonParser parser = JSON.createParser(record.value())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "dimension" -> dimension = parser.getText();
          case "key" -> key = parser.getText();
          case "window_start" -> window = parser.getText();
          case "aggregator" -> aggregator = parser.getText();
          case "version" -> version = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
      Dimension known = dimension == null ? null : Dimension.ofText(dimension);
      if (known == null || key == null || window == null || aggregator == null || version < 0) {
        return null;
      }
      return new PublishedRow(
          new RowKey(known, key),
          Instant.parse(window).toEpochMilli(),
          aggregator,
          version,
          writer(record));
    } catch (IOException | DateTimeException e) {
      return null; // somebody else's record in our topic
    }
  }

  private static long writer(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(WRITER);
    return header == null || header.value().length != Long.BYTES
        ? 0
        : ByteBuffer.wrap(header.value()).getLong();
  }
}
