package io.tillstream.operators.ingestion;

/**
 * A header of a record.
 *
 * @param name its name
 * @param value its bytes, or null
 */
public record Header(String name, byte[] value) {}
