package io.tillstream.operators.figures;

import io.tillstream.routing.event.ShopEvent;
import java.util.List;

/**
 * An event with the answers of the look-ups.
 *
 * @param event the event
 * @param categories one for each line: its category, {@link RowKey#UNKNOWN} if the catalog knows
 *     none, null if there was no answer; all null for an inventory update, which is never looked up
 * @param segment the shopper's segment on a sale, {@link RowKey#UNKNOWN} if nobody knows it, null
 *     if there was no answer or the event is no sale
 */
public record EnrichedEvent(ShopEvent event, List<String> categories, String segment)
    implements Enriched {}
