package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.EnrichedEvent;

/**
 * An event that the backup's pre-sum could not take either.
 *
 * @param event the event
 * @param attempts how often it was tried, 1 and more
 * @param error what went wrong the last time
 */
public record Refused(EnrichedEvent event, int attempts, String error) {}
