package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.Parsed;
import java.io.Serializable;
import java.time.Duration;

/** Reads records; one instance a thread. */
public interface RecordParser {

  /**
   * Reads a record.
   *
   * @param value its bytes, or null
   * @param recordTime its Kafka timestamp in epoch milliseconds
   * @param partition where the record lies in its topic
   * @param offset where the record lies in its partition
   */
  Parsed parse(byte[] value, long recordTime, int partition, long offset);

  /** The {@code event_id} of a record that {@link #parse} accepted, as it is written there. */
  String eventId(byte[] value);

  /** Makes a parser on the machine where the operator runs. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /**
     * A new parser.
     *
     * @param maxAhead how far an event may be ahead of its record's timestamp
     */
    RecordParser open(Duration maxAhead);
  }
}
