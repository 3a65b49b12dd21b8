package io.tillstream.operators.ingestion;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.routing.event.ShopEvent;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the ingestion yields.
 *
 * @param enriched accepted events on their way to the enrichment
 * @param bypass accepted events on their way past it
 * @param carts what accepted events do to carts
 * @param late late events, whole
 * @param deadLetters refused records, byte for byte
 */
public record IngestionStreams(
    DataStream<ShopEvent> enriched,
    DataStream<ShopEvent> bypass,
    DataStream<CartSignal> carts,
    DataStream<LateEvent> late,
    DataStream<DeadLetter> deadLetters) {}
