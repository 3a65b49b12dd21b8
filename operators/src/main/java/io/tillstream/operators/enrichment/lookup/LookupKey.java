package io.tillstream.operators.enrichment.lookup;

/**
 * One question.
 *
 * @param kind what is asked
 * @param id of which product or shopper
 */
public record LookupKey(LookupKind kind, String id) {}
