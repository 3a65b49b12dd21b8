package io.tillstream.operators.ingestion;

/**
 * An event that came too late, whole.
 *
 * @param eventId its {@code event_id}
 * @param value the record's bytes as they came
 */
public record LateEvent(String eventId, byte[] value) {}
