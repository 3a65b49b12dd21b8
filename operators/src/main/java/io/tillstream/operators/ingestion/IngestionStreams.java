package io.tillstream.operators.ingestion;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.routing.event.Routed;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the ingestion yields.
 *
 * @param enriched accepted events on their way to the enrichment, among notices of the routes
 * @param bypass accepted events on their way past it, among notices of the routes
 * @param carts what accepted events do to carts
 * @param late late events, whole
 * @param deadLetters refused records, byte for byte
 */
public record IngestionStreams(
    DataStream<Routed> enriched,
    DataStream<Routed> bypass,
    DataStream<CartSignal> carts,
    DataStream<LateEvent> late,
    DataStream<DeadLetter> deadLetters) {}
