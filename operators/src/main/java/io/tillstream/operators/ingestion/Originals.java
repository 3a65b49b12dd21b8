package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import java.io.Serializable;

/**
 * The shop's records as they lie in their topic, for the rare event that must be shown whole long
 * after it was parsed. For one thread.
 */
public interface Originals extends AutoCloseable {

  /** The topic they are read from. */
  String topic();

  /**
   * Reads one record. Blocks while its topic cannot be read, up to a bound.
   *
   * @return null if the record is gone for good: deleted by the topic's retention or compacted away
   * @throws RuntimeException if the bound has passed, or reading is refused; nothing is known of
   *     the record then
   */
  RawRecord read(int partition, long offset);

  @Override
  void close();

  /** Begins to read, on the machine where the operator runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    Originals open();
  }
}
