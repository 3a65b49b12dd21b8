package io.tillstream.it.oracle;

import java.util.Map;

/**
 * A Kafka record as it lies in its topic. The arrays are nobody's to change.
 *
 * @param timestamp the record's Kafka timestamp in milliseconds
 * @param key null if there is none
 * @param value null for a tombstone
 * @param headers the last value of each name
 */
@SuppressWarnings("ArrayRecordComponent") // Records are compared by nobody.
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    Map<String, byte[]> headers) {}
