package io.tillstream.operators.figures;

/**
 * How far back repairs may still reach: windows from {@code oldestWindow} on are owed, so their
 * rows must be kept even when the watermark has long passed them. Sent in-band by each repairing
 * subtask before the watermark it belongs to.
 *
 * @param target the key of the key group it is meant for
 * @param sender the repairing subtask
 * @param senders how many there are
 * @param oldestWindow the start of the oldest window owed in epoch milliseconds; {@link
 *     Long#MAX_VALUE} if none is
 */
public record OwedClock(String target, int sender, int senders, long oldestWindow)
    implements Contribution {}
