package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;

/**
 * What is asked of a row that stands in the output.
 *
 * @param row which row
 * @param windowStart the window's start in epoch milliseconds
 * @param aggregator who summed
 * @param version its version
 * @param writer the attempt that wrote it; 0 if that is not known
 */
public record PublishedRow(
    RowKey row, long windowStart, String aggregator, long version, long writer) {}
