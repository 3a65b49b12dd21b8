package io.tillstream.operators.figures;

/** What travels from the enrichment, or its bypass, to the aggregation. */
public interface Enriched {}
