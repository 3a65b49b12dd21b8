package io.tillstream.routing.event;

import java.util.List;

/**
 * A checked event: what later stages need of a record, and no more.
 *
 * @param id the identity for deduplication
 * @param type what happened
 * @param eventTime when, in epoch milliseconds, above 0
 * @param recordTime the record's Kafka timestamp in epoch milliseconds
 * @param userId the shopper, only on a {@linkplain EventType#isSale() sale}; null for anonymous
 *     traffic
 * @param session the visit, only where a cart may change (add_to_cart, remove_from_cart,
 *     begin_checkout, purchase); else null
 * @param currency three upper-case letters, only on a sale; else null
 * @param lines 1..200 products
 * @param partition where the record lies in its topic: whoever refuses the event finds its bytes
 * @param offset where the record lies in its partition
 */
public record ShopEvent(
    Id128 id,
    EventType type,
    long eventTime,
    long recordTime,
    String userId,
    Id128 session,
    String currency,
    List<EventLine> lines,
    int partition,
    long offset)
    implements Routed {}
