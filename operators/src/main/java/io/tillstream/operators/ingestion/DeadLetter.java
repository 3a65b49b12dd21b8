package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.ErrorClass;
import java.util.List;

/**
 * A record that was refused, byte for byte; topic, partition and offset identify it.
 *
 * @param stage where it was refused, such as {@code parse}
 * @param errorClass the stable reason
 * @param error one line naming the field and the bound
 * @param key the record's key, or null
 * @param value the record's value, or null
 * @param headers the record's own headers
 */
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    String stage,
    ErrorClass errorClass,
    String error,
    byte[] key,
    byte[] value,
    List<Header> headers) {}
