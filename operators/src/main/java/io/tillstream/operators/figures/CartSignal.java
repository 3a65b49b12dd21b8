package io.tillstream.operators.figures;

import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;

/**
 * Something that may open, prolong or end a visit's cart.
 *
 * @param session the visit
 * @param type add_to_cart, remove_from_cart, begin_checkout or purchase
 * @param eventTime epoch milliseconds
 * @param recordTime the record's Kafka timestamp in epoch milliseconds
 */
public record CartSignal(Id128 session, EventType type, long eventTime, long recordTime) {}
